import type { Backend } from "../core/backend";
import { connectService, type ServiceKind } from "../openstack/connect";
import { openstackSettings } from "../openstack/settings";
import { TrilioClient } from "./client";

/**
 * The workload manager in the catalog of Keystone. Contract, section 1: type `workloads`, name `TrilioVaultWLM`;
 * installers differ, so the other spellings that clients of Trilio take are taken too.
 */
const workloadManager: ServiceKind = {
  title: "Trilio's workload manager",
  types: ["workloads", "workloadmgr", "triliovault", "triliovaultwlm", "wlm"],
  names: ["TrilioVaultWLM", "triliovault", "workloadmgr", "wlm"],
  endpointSetting: "workloadsEndpoint",
};

/** Trilio for OpenStack: backups of whole instances. */
export const trilio: Backend<TrilioClient> = {
  name: "trilio",
  settings: openstackSettings,
  connect: (settings, clock, where) =>
    new TrilioClient(connectService(settings, clock, workloadManager, where)),
  verify: ({ service }, signal) => service.verify(signal),
};
