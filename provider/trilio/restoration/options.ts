import { z } from "zod";
import type { CheckFailure } from "../../core/resource/lifecycle";
import { hasUnknown } from "../../core/values";

/** The three kinds of restores. On the wire: `oneclick`, `selective`, `inplace`. */
export const restoreKind = z
  .enum(["one-click", "selective", "in-place"], {
    message: 'expected "one-click", "selective" or "in-place"',
  })
  .describe(
    '"one-click": everything as it was, once the originals are gone; "selective": new instances, of your choice; ' +
      '"in-place": disks of the original instances are overwritten',
  );

const text = (description: string) => z.string().min(1, "it is empty").describe(description).optional();
const flag = (description: string) => z.boolean().describe(description).optional();
const count = (description: string) => z.number().int().min(0).describe(description).optional();
const id = (description: string) => z.string().min(1, "it is empty").describe(description);

/** The size of a restored instance. Contract, 3.2: the id alone is enough. */
const flavor = z
  .strictObject({
    id: text("ID of the flavor"),
    vcpus: count("Number of virtual processors"),
    ram: count("Memory in MiB"),
    disk: count("Root disk in GiB"),
    ephemeral: count("Ephemeral disk in GiB"),
    swap: count("Swap in MiB"),
  })
  .meta({ title: "FlavorOptions", description: "The size of the restored instance. Default: as it was." });

/** A port that was made beforehand. Contract, 3.2. */
const nic = z
  .strictObject({
    port: text("ID of the port"),
    macAddress: z.string().describe("MAC address of the port").optional(),
    ipAddress: z.string().describe("IP address of the port").optional(),
    network: text("ID of the port's network"),
    subnet: text("ID of the port's subnet"),
  })
  .meta({ title: "NicOptions", description: "A port that was made beforehand." });

/** A volume of an instance. Contract, 3.2 and 3.3. */
const volume = z
  .strictObject({
    id: id("ID of the original volume"),
    newVolumeType: text("Type of the new volume. Selective."),
    availabilityZone: text("Availability zone of the new volume. Selective."),
    restoreVolume: flag("Whether the volume is overwritten. In-place. Default: true."),
  })
  .meta({ title: "VolumeOptions", description: "A volume of the instance." });

/** An instance of the snapshot. Contract, 3.1 to 3.3. */
const instance = z
  .strictObject({
    id: id("ID of the original instance"),
    include: flag("Whether the instance is restored. Selective and in-place. Default: true."),
    name: text("Name of the new instance. Default: as it was."),
    availabilityZone: text("Availability zone of the new instance"),
    flavor: flavor.optional(),
    nics: z
      .array(nic)
      .describe("Ports made beforehand. Selective. Default: new ports in the networks of the mapping.")
      .optional(),
    volumes: z
      .array(volume)
      .describe("Volumes of the instance. In-place: those to overwrite; a volume not listed stays as it is.")
      .optional(),
    restoreBootDisk: flag(
      "Whether the boot disk that came from an image is overwritten. In-place. Default: false.",
    ),
    serverGroup: text("ID of the server group of the new instance. Selective; newer servers only."),
  })
  .meta({ title: "InstanceOptions", description: "An instance of the snapshot." });

const snapshotNetwork = z
  .strictObject({ id: id("ID of the network"), subnet: text("ID of the subnet") })
  .meta({ title: "SnapshotNetworkOptions", description: "A network as it was when the snapshot was taken." });

const targetNetwork = z
  .strictObject({
    id: id("ID of the network"),
    subnet: text("ID of the subnet"),
    name: text("Name of the network"),
  })
  .meta({ title: "TargetNetworkOptions", description: "The network that takes its place." });

const mapping = z
  .strictObject({ snapshotNetwork, targetNetwork })
  .meta({ title: "NetworkMappingOptions", description: "Which network takes the place of which." });

/** What is restored, and how. Contract, section 3. */
export const restoreOptions = z
  .strictObject({
    instances: z
      .array(instance)
      .describe(
        "Instances of the snapshot. Selective and in-place: one that is not listed is not restored. One-click restores all of them.",
      )
      .optional(),
    networksMapping: z
      .array(mapping)
      .describe("Networks of the snapshot, each with the one that takes its place. Selective.")
      .optional(),
    restoreTopology: flag(
      "Whether networks, subnets and routers are restored as they were. Selective. Default: false.",
    ),
    availabilityZone: z
      .string()
      .describe("Availability zone where an instance has none of its own")
      .optional(),
  })
  .meta({
    title: "RestoreOptions",
    description: "What is restored, and how; which options go depends on the kind.",
  });

/** One of the three kinds of restores. */
export type RestoreKind = z.output<typeof restoreKind>;
/** What is restored, and how. */
export type RestoreOptions = z.output<typeof restoreOptions>;
/** An instance in them. */
export type InstanceOptions = z.output<typeof instance>;

/** Why an option is wrong with a kind. */
const misplaced: Record<RestoreKind, { options: Record<string, string>; instance: Record<string, string> }> =
  {
    "one-click": {
      options: {
        networksMapping: "one-click takes no networks mapping: it restores into the original networks",
        restoreTopology: "one-click takes no restoreTopology: it restores into the original networks",
      },
      instance: Object.fromEntries(
        ["include", "flavor", "nics", "volumes", "restoreBootDisk", "serverGroup"].map((name) => [
          name,
          `one-click takes no ${name}: it restores every instance as it was; use kind "selective" to choose`,
        ]),
      ),
    },
    selective: { options: {}, instance: {} },
    "in-place": {
      options: {
        networksMapping: "in-place takes no networks mapping: the instances stay where they are",
        restoreTopology: "in-place takes no restoreTopology: the instances stay where they are",
      },
      instance: Object.fromEntries(
        ["flavor", "nics", "serverGroup"].map((name) => [
          name,
          `in-place takes no ${name}: it overwrites disks of the original instance; use kind "selective" for a new one`,
        ]),
      ),
    },
  };

/**
 * Options that are right in themselves but wrong for the kind.
 *
 * @param options may hold values that are not known yet; those pass
 */
export function checkOptions(kind: RestoreKind, options: RestoreOptions = {}): CheckFailure[] {
  if (hasUnknown(kind)) return [];
  const { instances, networksMapping, restoreTopology } = options;
  const failures = wrongIn(options, misplaced[kind].options, "options");
  if (Array.isArray(instances))
    failures.push(...instances.flatMap((each, at) => checkInstance(kind, each, at)));
  if (kind === "one-click" || hasUnknown(options)) return failures;
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  const included = (instances ?? []).filter(({ include }) => include !== false);
  if (included.length === 0 && !restoreTopology) {
    fail("options.instances", `${kind} needs at least one instance to restore: list those of the snapshot`);
  }
  if (
    kind === "selective" &&
    !restoreTopology &&
    !networksMapping &&
    included.some(({ nics }) => !nics?.length)
  ) {
    fail(
      "options.networksMapping",
      "selective needs a networks mapping for instances without ports of their own, or restoreTopology: true; " +
        "networksMapping: [] says that there is nothing to map",
    );
  }
  return failures;
}

function checkInstance(kind: RestoreKind, instance: InstanceOptions, at: number): CheckFailure[] {
  if (!instance || typeof instance !== "object") return [];
  const path = `options.instances.${at}`;
  const failures = wrongIn(instance, misplaced[kind].instance, path);
  const fail = (property: string, reason: string) =>
    failures.push({ property: `${path}.${property}`, reason });
  if (kind === "selective" && instance.volumes?.some?.(({ restoreVolume }) => restoreVolume !== undefined)) {
    fail("volumes", "selective takes no restoreVolume: it makes new volumes; only in-place overwrites them");
  }
  if (
    kind === "in-place" &&
    instance.volumes?.some?.(({ availabilityZone }) => availabilityZone !== undefined)
  ) {
    fail("volumes", "in-place takes no availabilityZone of a volume: the volume stays where it is");
  }
  return failures;
}

/** An empty list is nothing, so it is wrong nowhere. */
function wrongIn(values: object, reasons: Record<string, string>, path: string): CheckFailure[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const reason = Object.hasOwn(reasons, name) ? reasons[name] : undefined;
    const nothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    return reason && !nothing ? [{ property: `${path}.${name}`, reason }] : [];
  });
}
