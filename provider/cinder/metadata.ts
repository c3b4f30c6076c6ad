import { z } from "zod";
import { type Mark, markText, readMark } from "../core/resource/mark";

/** The key with the mark of an object; hidden from users. Version 0.1.0 had a nonce alone there. */
export const markKey = "pulumi";
/** The key with the part of the mark that is the same for all of a stack, by which the service can filter. */
export const stackKey = "pulumi-stack";

/** Cinder has no retention of its own, so its end and its mode are kept in metadata. */
export const [keptUntilKey, retentionModeKey] = ["kept_until", "retention_mode"] as const;

/** Keys that mean something to this provider, and what to use instead. */
const reserved = new Map<string, string>(
  Object.entries({
    [markKey]: "this key is the provider's own mark",
    [stackKey]: "this key is the provider's own mark",
    [keptUntilKey]: "this key is where keptUntil is kept: use that",
    [retentionModeKey]: "this key is where retentionMode is kept: use that",
  }),
);

const longest = 255;
const allowedKey = new RegExp(`^[A-Za-z0-9\\-_:. /]{1,${longest}}$`);

/** Metadata: texts by key (contract, "Create"). */
export const metadataSchema = z
  .record(z.string(), z.string({ message: "expected a text" }), { message: "expected an object of texts" })
  .superRefine((metadata, ctx) => {
    for (const [key, value] of Object.entries(metadata)) {
      const wrong = wrongWith(key, value);
      if (wrong) ctx.addIssue({ code: "custom", path: [key], message: wrong });
    }
  });

function wrongWith(key: string, value: string): string | undefined {
  const instead = reserved.get(key);
  if (instead) return instead;
  // It stands in the path of requests, where these two mean the folder itself and the one above it.
  if (key === "." || key === "..") return `expected a key other than ${JSON.stringify(key)}`;
  if (!allowedKey.test(key)) {
    return `expected a key of 1 to ${longest} letters, digits, spaces and -_:./, not ${JSON.stringify(key)}`;
  }
  return value.length > longest ? `expected at most ${longest} characters` : undefined;
}

/** The metadata without what the properties of a resource show by themselves. */
export function visibleMetadata(metadata: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata ?? {}).filter(([key]) => !reserved.has(key)));
}

/** The metadata as everybody else may see it. */
export function withoutMark(metadata: Record<string, string> | undefined): Record<string, string> {
  const { [markKey]: _mark, [stackKey]: _stack, ...others } = metadata ?? {};
  return others;
}

/** The metadata that marks an object. */
export function markMetadata(mark: Mark): Record<string, string> {
  return { [markKey]: markText(mark), [stackKey]: mark.stack };
}

/** The mark of an object; `undefined` where there is none, or one of version 0.1.0. */
export function markOf({ metadata }: { metadata?: Record<string, string> | undefined }): Mark | undefined {
  return readMark(metadata?.[markKey]);
}
