import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Api } from "./api";
import { CinderProcess } from "./cinder";
import { startKeystone } from "./keystone";
import { ensurePackages, type Packages } from "./packages";
import {
  administrator,
  provisionKeystone,
  provisionTypes,
  raiseQuotas,
  untilHealthy,
  type VolumeTypes,
} from "./provision";
import type { CinderOptions } from "./settings";

/** Where a Cinder is. */
export interface CinderPlace {
  /** `http://127.0.0.1:PORT`, below which `/v3` is. */
  url: string;
  /** Folder of what it stores. */
  folder: string;
}

/** What has to be known of a running cloud, as data: it goes from the set-up to the tests. */
export interface CloudInfo {
  packages: Packages;
  /** Folder of this run. */
  folder: string;
  /** `http://127.0.0.1:PORT/v3`. */
  keystone: string;
  /** The Cinder in the catalog. */
  cinder: CinderPlace;
  region: string;
  volumeTypes: VolumeTypes;
}

/** A real Keystone with a real Cinder in its catalog. */
export interface RunningCloud {
  info: CloudInfo;
  stop(): Promise<void>;
}

/** Starts Keystone and Cinder on free ports, with a folder of their own; 15 s on an idle machine. */
export async function startCloud(log: (line: string) => void): Promise<RunningCloud> {
  const packages = await ensurePackages(log);
  const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-cloud-"));
  const begun = Date.now();
  log("Starting a real Keystone and a real Cinder ...");
  const starting = startKeystone(packages, join(folder, "keystone"));
  const cinder = await CinderProcess.start(
    packages,
    join(folder, "cinder"),
    async () => (await starting).url,
    templateOf(folder),
  );
  const keystone = await starting;
  await provisionKeystone(keystone.url, cinder.url);
  const volumeTypes = await settle(keystone.url, cinder);
  log(`Keystone and Cinder are ready after ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  const stop = async () => {
    await Promise.all([cinder.stop(), keystone.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
  const info = {
    packages,
    folder,
    keystone: keystone.url,
    cinder: { url: cinder.url, folder: cinder.folder },
    region: "RegionOne",
    volumeTypes,
  };
  return { info, stop };
}

/** A Cinder that is there for one file of tests alone, beside the cloud's; it knows the same users. */
export interface OwnCinder extends CinderPlace {
  volumeTypes: VolumeTypes;
  /** Ends it as a crash would. */
  crash(): Promise<void>;
  /** Starts it again after a crash, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one with the cloud's Keystone. The catalog does not know it, so it needs an endpoint override. */
export async function startOwnCinder(cloud: CloudInfo, options: CinderOptions): Promise<OwnCinder> {
  const folder = join(cloud.folder, `cinder-${randomBytes(4).toString("hex")}`);
  mkdirSync(folder);
  const { packages, keystone } = cloud;
  const cinder = await CinderProcess.start(
    packages,
    folder,
    async () => keystone,
    templateOf(cloud.folder),
    options,
  );
  return {
    url: cinder.url,
    folder: cinder.folder,
    volumeTypes: await settle(keystone, cinder),
    crash: () => cinder.crash(),
    restart: async () => {
      await cinder.run();
      await untilHealthy(await asAdministrator(keystone, cinder.url));
    },
    stop: () => cinder.stop(),
  };
}

/** The administrator's way to a Cinder; sees and may do everything, in every project. */
export async function asAdministrator(keystone: string, cinder: string): Promise<Api> {
  const { token, projectId } = await administrator(keystone);
  return new Api(`${cinder}/v3/${projectId}`, token);
}

async function settle(keystone: string, cinder: CinderProcess): Promise<VolumeTypes> {
  const admin = await asAdministrator(keystone, cinder.url);
  const types = await provisionTypes(admin);
  if (!cinder.options.stock) await raiseQuotas(admin);
  await untilHealthy(admin);
  return types;
}

function templateOf(folder: string): string {
  return join(folder, "cinder", "empty.sqlite");
}
