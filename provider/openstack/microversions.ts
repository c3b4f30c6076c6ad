import { z } from "zod";
import { UserError } from "../core/errors";
import { isRecord } from "../core/values";
import type { AskedMicroversion, Microversions, ServiceKind } from "./kind";

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
  version: z.string().nullish(),
  max_version: z.string().nullish(),
  min_version: z.string().nullish(),
  links: z
    .array(z.object({ rel: z.string(), href: z.string() }))
    .nullish()
    .catch(undefined),
});

/** A version of a service's API, as a document of versions has it. */
export type Version = z.output<typeof version>;

/**
 * The versions that a document tells: at the root of a service all of them, below a version that one.
 *
 * @returns `undefined` for a body that is no such document
 */
export function versionsOf(body: unknown): Version[] | undefined {
  if (!isRecord(body)) return undefined;
  const { versions } = body;
  const many = isRecord(versions) ? versions.values : versions;
  const all = [body.version, body, ...(Array.isArray(many) ? many : [])];
  const read = all.flatMap((each) => version.safeParse(each).data ?? []);
  return read.length > 0 ? read : undefined;
}

/** Whether a version is of a major one, e.g. `v3.0` or `3.0` of `v3`. */
export function isOfMajor({ id }: Version, major: string): boolean {
  return /^v?(\d+)(\.|$)/.exec(id)?.[1] === major.replace(/^v/, "");
}

/**
 * Where a version is by its own link. The token stays on the origin of the document, whose own idea of scheme and host
 * is wrong behind many a proxy; of a link to another host not even the path says anything.
 */
export function linked({ links }: Version, document: URL, below: string): URL {
  const href = links?.find(({ rel }) => rel === "self")?.href;
  const link = href !== undefined && URL.canParse(href, document.href) ? new URL(href, document) : undefined;
  const path = link?.host === document.host ? link.pathname : below;
  return new URL(path.replace(/\/+$/, ""), document);
}

/**
 * The microversion to ask with: the highest one that both sides know, or the one that is asked for.
 *
 * @param theirs what the service tells of its version
 * @param asked the one that the cloud's settings ask for
 * @returns `undefined` where the server has none
 * @throws UserError where the two have none in common, or the server has not what is asked for
 */
export function negotiated(
  { title }: ServiceKind,
  ours: Microversions,
  theirs: Version,
  asked?: AskedMicroversion,
): string | undefined {
  const highest = theirs.max_version || theirs.version;
  if (!highest) return undefined;
  const lowest = theirs.min_version || highest;
  const [bottom, top] = [asked?.version ?? ours.lowest, asked?.version ?? ours.highest];
  const best = compareVersions(highest, top) < 0 ? highest : top;
  if (compareVersions(best, bottom) < 0 || compareVersions(best, lowest) < 0) {
    const wanted =
      asked === undefined
        ? `this package ${ours.lowest} to ${ours.highest}`
        : `but ${asked.by} asks for ${asked.version}: change it, or leave it out`;
    throw new UserError(`${title}: the server knows the microversions ${lowest} to ${highest}, ${wanted}`);
  }
  return best;
}
