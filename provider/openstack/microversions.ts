import { z } from "zod";
import { wrongSetting } from "../core/backend";
import { UserError } from "../core/errors";
import type { ServiceKind } from "./kind";

/** The microversions that a server has, e.g. 3.0 to 3.71. */
interface Range {
  lowest: string;
  highest: string;
}

/** -1, 0 or 1, as the first microversion is below, the same as or above the second: 3.9 is below 3.10. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split(".").map(Number));
  for (const place of [0, 1]) {
    const difference = (a?.[place] ?? 0) - (b?.[place] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

const version = z.object({
  id: z.string(),
  status: z.string().nullish(),
  version: z.string().nullish(),
  max_version: z.string().nullish(),
  min_version: z.string().nullish(),
});

const document = z
  .object({
    version: version.nullish(),
    versions: z
      .union([z.array(version), z.object({ values: z.array(version) }).transform((all) => all.values)])
      .nullish(),
  })
  .refine(({ version: one, versions }) => one || versions);

/**
 * The highest microversion that both sides know.
 *
 * @param body what the service answers at its root, or at that of one version; `undefined`: no list of versions
 * @param major the version in the endpoint's path, e.g. `v3`
 * @returns `undefined` where the server has none
 * @throws UserError where the two have none in common
 */
export function negotiated(
  kind: ServiceKind,
  ours: NonNullable<ServiceKind["microversions"]>,
  body: unknown,
  major: string,
): string | undefined {
  const parsed = document.safeParse(body);
  if (!parsed.success) {
    throw wrongSetting(
      kind.endpointSetting,
      `what answers there is no ${kind.title} ${major}: it tells no versions`,
    );
  }
  const theirs = rangeOf(parsed.data, major);
  if (theirs === undefined) return undefined;
  const highest = lower(theirs.highest, ours.highest);
  if (compareVersions(highest, ours.lowest) < 0 || compareVersions(highest, theirs.lowest) < 0) {
    throw new UserError(
      `${kind.title}: the server knows the microversions ${theirs.lowest} to ${theirs.highest}, this package ` +
        `${ours.lowest} to ${ours.highest}`,
    );
  }
  return highest;
}

function rangeOf({ version: one, versions }: z.output<typeof document>, major: string): Range | undefined {
  const all = [...(one ? [one] : []), ...(versions ?? [])];
  const found = all.find(({ id }) => id === major || id.startsWith(`${major}.`));
  const highest = found?.version || found?.max_version;
  return highest ? { lowest: found?.min_version || highest, highest } : undefined;
}

function lower(one: string, other: string): string {
  return compareVersions(one, other) < 0 ? one : other;
}
