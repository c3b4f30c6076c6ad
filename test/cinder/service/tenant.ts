import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Api } from "./api";
import { asAdministrator, type CinderPlace, type CloudInfo } from "./cloud";
import { authenticate } from "./keystone";
import { administrator } from "./provision";

/** Most that a project may have; what is not given is as Cinder has it. */
interface Quotas {
  volumes?: number;
  snapshots?: number;
  /** GiB of volumes and snapshots together. */
  gigabytes?: number;
}

/** A user of a project. */
export interface User {
  name: string;
  id: string;
  password: string;
  project: { name: string; id: string };
}

/** What a project is to be like. */
export interface TenantOptions {
  quotas?: Quotas;
  /** The Cinder to work with; that in the catalog unless given. */
  cinder?: CinderPlace;
  /** The role of its user. Default: member. */
  role?: "member" | "reader";
}

/** A project of its own with a user, so that tests on one service do not meet. */
export class Tenant {
  private constructor(
    readonly cloud: CloudInfo,
    /** Its Cinder. */
    readonly cinder: CinderPlace,
    readonly user: User,
    /** Its user's way to Cinder. */
    readonly api: Api,
    /** The administrator's way to the same Cinder. */
    readonly admin: Api,
  ) {}

  static async create(cloud: CloudInfo, options: TenantOptions = {}): Promise<Tenant> {
    const { quotas, cinder = cloud.cinder, role = "member" } = options;
    const keystone = await identityApi(cloud);
    const name = `project-${randomBytes(5).toString("hex")}`;
    const { project } = await keystone.ok("POST", "/projects", { body: { project: { name } } });
    const user = await addUser(cloud, { name, id: project.id }, role);
    const admin = await asAdministrator(cloud.keystone, cinder.url);
    if (quotas) await admin.ok("PUT", `/os-quota-sets/${project.id}`, { body: { quota_set: quotas } });
    return new Tenant(cloud, cinder, user, await apiOf(cloud, cinder.url, user), admin);
  }

  /** Its project's id. */
  get projectId(): string {
    return this.user.project.id;
  }

  /** Another user of the same project, and that user's way to Cinder. */
  async other(role: "member" | "reader"): Promise<{ user: User; api: Api }> {
    const user = await addUser(this.cloud, this.user.project, role);
    return { user, api: await apiOf(this.cloud, this.cinder.url, user) };
  }

  /** Makes an application credential of its user. */
  async applicationCredential(name = "ci"): Promise<{ id: string; name: string; secret: string }> {
    const { name: user, password, project, id } = this.user;
    const { token } = await authenticate(this.cloud.keystone, {
      user,
      password,
      project: { id: project.id },
    });
    const body = { application_credential: { name } };
    const answer = await new Api(this.cloud.keystone, token).ok(
      "POST",
      `/users/${id}/application_credentials`,
      { body },
    );
    return answer.application_credential;
  }

  /** Lets the back end go on with what it holds because the metadata `inject` of the object say `hold_create`, say. */
  release(id: string): void {
    writeFileSync(join(this.cinder.folder, "volumes", `release-${id}`), "");
  }

  /** Makes a token worthless. A Cinder with its usual cache of tokens learns of it only minutes later. */
  async revoke(token: string): Promise<void> {
    const keystone = await identityApi(this.cloud);
    await keystone.ok("DELETE", "/auth/tokens", { headers: { "x-subject-token": token } });
  }
}

async function addUser(
  cloud: CloudInfo,
  project: { name: string; id: string },
  role: "member" | "reader",
): Promise<User> {
  const keystone = await identityApi(cloud);
  const name = `user-${randomBytes(5).toString("hex")}`;
  const password = `password-${randomBytes(12).toString("hex")}`;
  const { user } = await keystone.ok("POST", "/users", { body: { user: { name, password } } });
  const { roles } = await keystone.ok("GET", `/roles?name=${role}`);
  await keystone.ok("PUT", `/projects/${project.id}/users/${user.id}/roles/${roles[0].id}`);
  return { name, id: user.id, password, project };
}

async function apiOf(cloud: CloudInfo, cinder: string, { name, password, project }: User): Promise<Api> {
  const { token } = await authenticate(cloud.keystone, { user: name, password, project: { id: project.id } });
  return new Api(`${cinder}/v3/${project.id}`, token);
}

async function identityApi(cloud: CloudInfo): Promise<Api> {
  return new Api(cloud.keystone, (await administrator(cloud.keystone)).token);
}
