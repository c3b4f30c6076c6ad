import { Api } from "./api";
import { authenticate } from "./keystone";
import { people } from "./settings";
import { patience, until } from "./until";

/** Volume types by name: `folder` is the default, `logging` another back end, `nowhere` has none, `multi` attaches. */
export type VolumeTypes = Record<"folder" | "logging" | "nowhere" | "multi", string>;

/** So long a sign-in of the administrator is used, in milliseconds: a token is good for an hour. */
const renewedMs = 20 * 60_000;
const signIns = new Map<string, { until: number; as: ReturnType<typeof authenticate> }>();

/** The administrator, scoped to the project "admin". Signs in once for everything, since Keystone works hard for it. */
export function administrator(keystone: string): Promise<{ token: string; projectId: string }> {
  const known = signIns.get(keystone);
  if (known && Date.now() < known.until) return known.as;
  const { name, password, project } = people.admin;
  const as = authenticate(keystone, { user: name, password, project: { name: project } });
  signIns.set(keystone, { until: Date.now() + renewedMs, as });
  return as;
}

/** Makes Cinder's own user and puts Cinder into the catalog, by both types that are met in the field. */
export async function provisionKeystone(keystone: string, cinder: string): Promise<void> {
  const { token } = await administrator(keystone);
  const api = new Api(keystone, token);
  const { roles } = await api.ok("GET", "/roles");
  const own = roles.filter(({ name }: { name: string }) => ["admin", "service"].includes(name));
  const { name, password, project } = people.service;
  const made = await api.ok("POST", "/projects", { body: { project: { name: project } } });
  const { user } = await api.ok("POST", "/users", { body: { user: { name, password } } });
  for (const { id } of own) {
    await api.ok("PUT", `/projects/${made.project.id}/users/${user.id}/roles/${id}`);
  }
  for (const [type, title] of [
    ["volumev3", "cinderv3"],
    ["block-storage", "cinder"],
  ]) {
    const { service } = await api.ok("POST", "/services", { body: { service: { type, name: title } } });
    const common = { service_id: service.id, region_id: "RegionOne", url: `${cinder}/v3/$(project_id)s` };
    for (const face of ["public", "internal", "admin"]) {
      await api.ok("POST", "/endpoints", { body: { endpoint: { ...common, interface: face } } });
    }
  }
}

/** Makes the volume types of a new Cinder. */
export async function provisionTypes(cinder: Api): Promise<VolumeTypes> {
  const specs: Record<keyof VolumeTypes, Record<string, string>> = {
    folder: { volume_backend_name: "folder" },
    logging: { volume_backend_name: "fake" },
    nowhere: { volume_backend_name: "does-not-exist" },
    multi: { volume_backend_name: "folder", multiattach: "<is> True" },
  };
  const types: Partial<VolumeTypes> = {};
  for (const [name, extra] of Object.entries(specs)) {
    const body = { volume_type: { name, description: `test type ${name}`, extra_specs: extra } };
    types[name as keyof VolumeTypes] = (await cinder.ok("POST", "/types", { body })).volume_type.id;
  }
  return types as VolumeTypes;
}

/** Gives every project that has no quotas of its own much more than Cinder does (10 volumes, 10 snapshots). */
export async function raiseQuotas(cinder: Api): Promise<void> {
  const quotas = { volumes: 1000, snapshots: 1000, gigabytes: 100_000 };
  await cinder.ok("PUT", "/os-quota-class-sets/default", { body: { quota_class_set: quotas } });
}

/** Waits until a volume really becomes available on each back end: the scheduler learns of them a little later. */
export async function untilHealthy(cinder: Api): Promise<void> {
  for (const type of ["folder", "logging"]) {
    await until(`a volume of type ${type} becomes available within ${patience / 1000} s`, async () => {
      const body = { volume: { size: 1, name: "health", volume_type: type } };
      const { volume } = await cinder.ok("POST", "/volumes", { body });
      const status = await until("the volume is made", async () => {
        const seen = (await cinder.ok("GET", `/volumes/${volume.id}`)).volume.status;
        return ["available", "error"].includes(seen) ? seen : undefined;
      });
      await cinder.ok("DELETE", `/volumes/${volume.id}`);
      return status === "available" || undefined;
    });
  }
}
