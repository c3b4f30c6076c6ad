import type { requestGuesses } from "../../../../emulator/trilio/guesses/requests";
import type { Body } from "../../support/client";
import { cirros1, databases, sample, type TrilioBench } from "../support/bench";
import { type Flip, flip, outcome } from "./flip";

/** The status of a one-click create whose body was changed. */
async function changed(bench: TrilioBench, change: (restore: Body) => void): Promise<number> {
  const body = sample("oneclick");
  change(body.restore);
  return (await bench.restore(body)).status;
}

/** The originals of what a selective restore brought back, or the status of a refusal. */
async function originals(bench: TrilioBench, change: (openstack: Body) => void): Promise<unknown> {
  const created = await bench.restoreSelected(change);
  if (created.status !== 202) return created.status;
  return (await bench.ended(created)).instances.map((instance: Body) => instance.metadata.instance_id);
}

/** The volumes that the page's in-place sample overwrites after a change to its instances. */
async function overwritten(bench: TrilioBench, change: (instances: Body[]) => void): Promise<string[]> {
  await bench.ended(await bench.restoreInPlace(change));
  return bench.emulator.world.overwrittenVolumes.map(({ volumeId }) => volumeId);
}

/** How a selective restore with one nic of this id ends. */
async function withNic(bench: TrilioBench, id: string): Promise<unknown> {
  const created = await bench.restoreSelected((openstack) => {
    const network = { id: "5fb7027d-a2ac-4a21-9ee1-438c281d2b26", subnet: { id: "b7b54304" } };
    openstack.instances[0].nics = [{ id, mac_address: "", ip_address: "", network }];
  });
  return (await bench.ended(created)).status;
}

const accepted = [202, "available"];
const failed = [202, "error"];
const cirros2 = "67d6a100-fee6-4aa5-83a1-66b070d2eabe";
const [first, second] = databases;

/** Guesses on what a create needs and means. */
export const requestFlips: Record<keyof typeof requestGuesses, Flip> = {
  optionsRequired: flip(
    (bench) => changed(bench, (restore) => delete restore.options),
    [true, 400],
    [false, 202],
  ),
  typeRequired: flip(
    (bench) => changed(bench, (restore) => delete restore.options.type),
    [true, 400],
    [false, 202],
  ),
  restoreTypeRequired: flip(
    (bench) => changed(bench, (restore) => delete restore.options.restore_type),
    [true, 400],
    [false, 202],
  ),
  extraKeys: flip(
    async (bench) => {
      const known = await changed(bench, ({ options }) => Object.assign(options, { zone: "" }));
      bench.clock.advanceSeconds(600);
      return [known, await changed(bench, ({ options }) => Object.assign(options, { colour: "blue" }))];
    },
    ["accepted", [202, 202]],
    ["refused", [202, 400]],
  ),
  missingName: flip(
    async (bench) => {
      const created = await bench.restore({
        restore: { options: { ...sample("oneclick").restore.options, name: "x" } },
      });
      const { name, description } = created.body.restore;
      return [name, description];
    },
    ["options", ["x", ""]],
    ["empty", ["", ""]],
    ["null", [null, null]],
  ),
  oneclickLiveOriginals: flip(
    async (bench) => outcome(bench, await bench.restore(sample("oneclick"), "before upgrade")),
    ["error", failed],
    ["refused", [400]],
    ["restored", accepted],
  ),
  selectiveWithoutMapping: flip(
    async (bench) =>
      outcome(bench, await bench.restoreSelected((openstack) => delete openstack.networks_mapping)),
    ["error", failed],
    ["refused", [400]],
    ["accepted", accepted],
  ),
  unlistedInstances: flip(
    (bench) => originals(bench, (openstack) => openstack.instances.pop()),
    ["left", [cirros1.id]],
    ["restored", [cirros2, cirros1.id]],
    ["refused", 400],
  ),
  absentInclude: flip(
    (bench) => originals(bench, (openstack) => delete openstack.instances[0].include),
    ["included", [cirros1.id]],
    ["left", []],
  ),
  noInstances: flip(
    async (bench) =>
      outcome(
        bench,
        await bench.restoreSelected((openstack) => {
          openstack.instances = [];
        }),
      ),
    ["available", accepted],
    ["error", failed],
    ["refused", [400]],
  ),
  unknownInstance: flip(
    async (bench) => [
      ...(await outcome(
        bench,
        await bench.restoreSelected((openstack) => openstack.instances.push({ id: first.id, include: true })),
      )),
      ...(await outcome(
        bench,
        await bench.restoreInPlace((instances) => instances[0].vdisks.push({ id: second.volume })),
      )),
    ],
    ["error", [...failed, ...failed]],
    ["refused", [400, 400]],
    ["ignored", [...accepted, ...accepted]],
  ),
  nicId: flip(
    async (bench) => {
      const [port = ""] = bench.emulator.world.ports;
      return [
        await withNic(bench, port),
        await withNic(bench, "5fb7027d-a2ac-4a21-9ee1-438c281d2b26"),
        await withNic(bench, "neither"),
      ];
    },
    ["unchecked", ["available", "available", "available"]],
    ["port", ["available", "error", "error"]],
    ["network", ["error", "available", "error"]],
  ),
  inplaceAbsentFlag: flip(
    (bench) => overwritten(bench, ([one]) => delete one.vdisks[0].restore_cinder_volume),
    ["restored", [first.volume, second.volume]],
    ["left", [second.volume]],
  ),
  inplaceUnlistedVolume: flip(
    (bench) =>
      overwritten(bench, ([one]) => {
        one.vdisks = [];
      }),
    ["left", [second.volume]],
    ["restored", [first.volume, second.volume]],
  ),
  inplaceMissingOriginal: flip(
    async (bench) => {
      bench.emulator.world.liveInstances.delete(first.id);
      return outcome(bench, await bench.restoreInPlace());
    },
    ["error", failed],
    ["refused", [400]],
  ),
  inplaceInstanceIds: flip(
    async (bench) => {
      const { instances } = await bench.ended(await bench.restoreInPlace());
      return instances.map((instance: Body) => instance.id === instance.metadata.instance_id);
    },
    ["same", [true, true]],
    ["new", [false, false]],
  ),
};
