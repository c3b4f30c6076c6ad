import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../scripts/engine/run";
import { Api } from "./api";
import { Guarded } from "./guarded";
import { type Packages, pythonEnv } from "./packages";
import { freePort } from "./ports";
import { keystoneSettings, people } from "./settings";
import { answering, logs } from "./starting";

/** A running Keystone. */
export interface Keystone {
  /** `http://127.0.0.1:PORT/v3`. */
  url: string;
  stop(): Promise<void>;
}

/** Starts a Keystone with its administrator, in a folder of its own. */
export async function startKeystone(packages: Packages, folder: string): Promise<Keystone> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/v3`;
  const settings = join(folder, "keystone.conf");
  writeFileSync(settings, keystoneSettings(folder));
  const setup = join(__dirname, "aio", "keystone_setup.py");
  const printed = await run(packages.python, [setup, settings, url, people.admin.password], {
    env: pythonEnv(packages),
  });
  appendFileSync(join(folder, "setup.log"), printed);
  const server = await Guarded.start({
    packages,
    args: [join(__dirname, "aio", "keystone_srv.py"), String(port)],
    env: { OS_KEYSTONE_CONFIG_FILES: settings },
    folder,
    log: join(folder, "keystone.out"),
  });
  await answering(url, server, () => logs(folder));
  return { url, stop: () => server.stop() };
}

/** Who asks for a token. */
export interface Login {
  user: string;
  password: string;
  /** Id or, for the cloud's own, name of the project. */
  project: { id: string } | { name: string };
}

/** Asks Keystone for a token of a user in the domain "Default". @returns the token and the id of its project */
export async function authenticate(
  url: string,
  { user, password, project }: Login,
): Promise<{ token: string; projectId: string; userId: string }> {
  const scope = "id" in project ? project : { ...project, domain: { id: "default" } };
  const identity = {
    methods: ["password"],
    password: { user: { name: user, password, domain: { id: "default" } } },
  };
  const { status, headers, body } = await new Api(url, "").send("POST", "/auth/tokens", {
    body: { auth: { identity, scope: { project: scope } } },
  });
  const token = headers.get("x-subject-token");
  if (status !== 201 || token === null) throw new Error(`no token for ${user}: ${JSON.stringify(body)}`);
  return { token, projectId: body.token.project.id, userId: body.token.user.id };
}
