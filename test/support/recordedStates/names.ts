import { uuidIn } from "../../../provider/core/values";

type Values = Record<string, unknown>;
type Names = Record<string, string>;

/** Arguments by the names that they had in version 0.1.0, by the type of the resource. Written down here once more. */
export const renamedArguments: Record<string, Names> = {
  "waldur:Volume": {
    project: "projectId",
    offering: "offeringId",
    type: "volumeType",
    image: "imageId",
    plan: "planId",
  },
  "waldur:VolumeAttachment": { volume: "volumeId", instance: "instanceId" },
  "waldur:Snapshot": { sourceVolume: "volumeId" },
  "waldur:SnapshotRestoration": { snapshot: "snapshotId" },
};

const times = { created: "createdAt", modified: "updatedAt" };

/** Outputs that have their value still, under another name. */
const renamedOutputs: Record<string, Names> = {
  "waldur:Volume": {
    ...times,
    project: "projectUrl",
    projectUuid: "projectId",
    offering: "offeringId",
    plan: "planId",
    type: "volumeTypeUrl",
    typeName: "volumeType",
    image: "imageUrl",
    instance: "instanceUrl",
    sourceSnapshot: "snapshotUrl",
  },
  "waldur:VolumeAttachment": { projectUuid: "projectId", volume: "volumeId", instance: "instanceId" },
  "waldur:Snapshot": {
    ...times,
    project: "projectUrl",
    projectUuid: "projectId",
    sourceVolume: "volumeUrl",
  },
  "waldur:SnapshotRestoration": {
    created: "createdAt",
    projectUuid: "projectId",
    snapshot: "snapshotId",
    volume: "volumeId",
  },
};

/** Outputs that there are besides today: the uuid in a URL. */
const idsByUrl: Record<string, Names> = {
  "waldur:Volume": {
    volumeTypeUrl: "volumeTypeId",
    imageUrl: "imageId",
    instanceUrl: "instanceId",
    snapshotUrl: "snapshotId",
  },
  "waldur:Snapshot": { volumeUrl: "volumeId" },
};

/** Arguments as today's names have them. */
export function argumentsToday(type: string, inputs: Values): Values {
  return renamed(renamedArguments[type], inputs);
}

/** A state as today's names have it; embedded rows apart. */
export function outputsToday(type: string, outputs: Values): Values {
  const { __applied: prints, restorations, ...named } = renamed(renamedOutputs[type], outputs);
  const ids = Object.entries(idsByUrl[type] ?? {}).flatMap(([url, id]) =>
    typeof named[url] === "string" ? [[id, uuidIn(named[url])]] : [],
  );
  const rows = restorations && (restorations as Values[]).map(rowToday);
  return {
    ...named,
    ...Object.fromEntries(ids),
    ...(rows ? { restorations: rows } : {}),
    ...(prints ? { __applied: argumentsToday(type, prints as Values) } : {}),
  };
}

function rowToday(row: Values): Values {
  const { created, volume, ...others } = row;
  if (created === undefined) return row;
  return {
    ...others,
    ...{ id: others.uuid, createdAt: created, volumeUrl: volume, volumeId: uuidIn(volume) },
  };
}

function renamed(names: Names = {}, values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [names[name] ?? name, value]));
}
