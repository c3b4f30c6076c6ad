import { randomUUID } from "node:crypto";
import { type Json, type JsonObject, objectOf } from "../../http/json";
import { TrilioRefusal } from "../api/errors";
import type { BackedUpInstance, RestoredInstance, TrilioSnapshot } from "../model";
import type { TrilioWorld } from "../world";
import type { RestoreRequest } from "./request";

/** What a create is going to do. */
interface RestorePlan {
  instances: RestoredInstance[];
  /** Volumes that are overwritten. */
  overwrites: string[];
  topology: boolean;
  /** Why it will end in error, if it will. */
  failure: string | undefined;
}

/** An instance of the snapshot and what the body says of it. */
interface Chosen {
  original: BackedUpInstance;
  wish: JsonObject;
}

function listOf(json: Json | undefined): JsonObject[] {
  return Array.isArray(json) ? json.map(objectOf).filter((item) => item !== undefined) : [];
}

/** Collects what is wrong: at once for what is refused, for later for what ends in error. */
class Verdict {
  failure: string | undefined;

  constructor(readonly world: TrilioWorld) {}

  judge(how: "refused" | "error", message: string): void {
    if (how === "refused") throw new TrilioRefusal(this.world.guesses.badBodyStatus, message);
    this.failure ??= `Failed restoring snapshot: ${message}`;
  }
}

/**
 * Works out what a create does, by the guesses.
 * @throws TrilioRefusal for what is refused at once
 */
export function planRestore(
  world: TrilioWorld,
  snapshot: TrilioSnapshot,
  request: RestoreRequest,
): RestorePlan {
  const verdict = new Verdict(world);
  const { guesses } = world;
  const topology = request.kind === "selective" && request.openstack.restore_topology === true;
  const chosen: Chosen[] =
    request.kind === "oneclick"
      ? snapshot.instances.map((original) => ({ original, wish: {} }))
      : chosenOf(verdict, snapshot, request.openstack);
  if (chosen.length === 0 && guesses.noInstances !== "available") {
    verdict.judge(guesses.noInstances, "no instance is to be restored");
  }
  if (request.kind === "oneclick" && guesses.oneclickLiveOriginals !== "restored") {
    const live = chosen.find(({ original }) => world.liveInstances.has(original.id));
    if (live) verdict.judge(guesses.oneclickLiveOriginals, `Error creating instance ${live.original.id}`);
  }
  if (request.kind === "selective") checkSelective(verdict, request.openstack, topology, chosen);
  const overwrites = request.kind === "inplace" ? overwritesOf(verdict, chosen) : [];
  const keepsIds = request.kind === "inplace" && guesses.inplaceInstanceIds === "same";
  const instances = chosen.map(({ original, wish }) => ({
    id: keepsIds ? original.id : randomUUID(),
    name: typeof wish.name === "string" ? wish.name : original.name,
    originalId: original.id,
  }));
  return { instances, overwrites, topology, failure: verdict.failure };
}

function chosenOf(verdict: Verdict, snapshot: TrilioSnapshot, openstack: JsonObject): Chosen[] {
  const { guesses } = verdict.world;
  const wishes = listOf(openstack.instances);
  for (const wish of wishes) {
    if (guesses.unknownInstance === "ignored") break;
    if (snapshot.instances.some(({ id }) => id === wish.id)) continue;
    verdict.judge(guesses.unknownInstance, `snapshot ${snapshot.id} has no instance ${wish.id}`);
  }
  return snapshot.instances.flatMap((original) => {
    const wish = wishes.find(({ id }) => id === original.id);
    if (wish !== undefined) {
      return (wish.include ?? guesses.absentInclude === "included") === true ? { original, wish } : [];
    }
    // A body that lists nothing at all restores nothing (contract 3.2).
    if (wishes.length === 0 || guesses.unlistedInstances === "left") return [];
    if (guesses.unlistedInstances === "restored") return { original, wish: {} };
    verdict.judge("refused", `instance ${original.id} of the snapshot is not listed`);
    return [];
  });
}

function checkSelective(verdict: Verdict, openstack: JsonObject, topology: boolean, chosen: Chosen[]): void {
  const { guesses, ports } = verdict.world;
  const mapped = listOf(objectOf(openstack.networks_mapping)?.networks).length > 0;
  const wired = chosen.some(({ original }) => original.nics.length > 0);
  if (wired && !topology && !mapped && guesses.selectiveWithoutMapping !== "accepted") {
    verdict.judge(guesses.selectiveWithoutMapping, "networks are neither mapped nor restored");
  }
  for (const { original, wish } of chosen) {
    checkDisks(verdict, original, wish);
    for (const nic of guesses.nicId === "unchecked" ? [] : listOf(wish.nics)) {
      const id = typeof nic.id === "string" ? nic.id : "";
      const good = guesses.nicId === "port" ? ports.has(id) : id === objectOf(nic.network)?.id;
      if (!good) verdict.judge("error", `${guesses.nicId} ${id} could not be found`);
    }
  }
}

function checkDisks(verdict: Verdict, original: BackedUpInstance, wish: JsonObject): void {
  const how = verdict.world.guesses.unknownInstance;
  const lost = listOf(wish.vdisks).find(
    ({ id }) => !original.vdisks.some(({ volume_id }) => volume_id !== undefined && volume_id === id),
  );
  if (lost !== undefined && how !== "ignored") {
    verdict.judge(how, `instance ${original.id} has no volume ${lost.id}`);
  }
}

function overwritesOf(verdict: Verdict, chosen: Chosen[]): string[] {
  const { guesses, liveInstances } = verdict.world;
  return chosen.flatMap(({ original, wish }) => {
    if (!liveInstances.has(original.id)) {
      verdict.judge(guesses.inplaceMissingOriginal, `Instance ${original.id} could not be found`);
    }
    checkDisks(verdict, original, wish);
    const flags = new Map(listOf(wish.vdisks).map((disk) => [disk.id, disk.restore_cinder_volume]));
    return original.vdisks.flatMap(({ volume_id }) => {
      if (volume_id === undefined) return [];
      const absent = flags.has(volume_id) ? guesses.inplaceAbsentFlag : guesses.inplaceUnlistedVolume;
      return (flags.get(volume_id) ?? absent === "restored") === true ? volume_id : [];
    });
  });
}
