import type { Backend } from "../core/backend";
import { connectService, type ServiceKind } from "../openstack/connect";
import { openstackSettings } from "../openstack/settings";
import { CinderClient } from "./client";

/** Cinder in the catalog. Contract, "Auth"; microversions: contract, "Microversions". */
const blockStorage: ServiceKind = {
  title: "block storage",
  types: ["block-storage", "volumev3"],
  endpointSetting: "blockStorageEndpoint",
  microversions: { service: "volume", lowest: "3.0", highest: "3.71" },
};

/** OpenStack's own block storage service. */
export const cinder: Backend<CinderClient> = {
  name: "cinder",
  settings: openstackSettings,
  connect: (settings, clock, where) => new CinderClient(connectService(settings, clock, blockStorage, where)),
  verify: ({ service }, signal) => service.verify(signal),
};
