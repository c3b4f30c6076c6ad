import type { Backend } from "../core/backend";
import { connectService, type ServiceKind } from "../openstack/connect";
import { openstackSettings } from "../openstack/settings";
import { CinderClient } from "./client";

/**
 * Cinder in the catalog, by every type that the service types authority has for it
 * (https://service-types.openstack.org/). Microversions: contract, "Microversions".
 */
export const blockStorage: ServiceKind = {
  title: "block storage",
  types: ["block-storage", "volumev3", "volumev2", "volume", "block-store"],
  endpointSetting: "blockStorageEndpoint",
  microversions: { service: "volume", major: "v3", lowest: "3.0", highest: "3.71" },
};

/** OpenStack's own block storage service. */
export const cinder: Backend<CinderClient> = {
  name: "cinder",
  settings: openstackSettings,
  connect: (settings, clock, where) => new CinderClient(connectService(settings, clock, blockStorage, where)),
  verify: ({ service }, signal) => service.verify(signal),
};
