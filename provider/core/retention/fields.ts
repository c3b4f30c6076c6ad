import { z } from "zod";
import { localRule, type Rules } from "../resource/diff";
import type { CheckFailure } from "../resource/lifecycle";
import { hasUnknown } from "../values";
import { durationField } from "./duration";
import { endOf, instantField, instantRule, isoInstant } from "./instants";

/**
 * How hard a retention is. `none`: it can be shortened, which is warned of. `governance`: only with
 * `allowShorten`. `compliance`: never, and neither can the mode be taken back nor a deletion be forced.
 */
export const retentionModes = ["none", "governance", "compliance"] as const;
/** One of {@link retentionModes}. */
export type RetentionMode = (typeof retentionModes)[number];

/** Arguments of everything that is kept for a time. A backend spreads them into its own. */
export const retentionInputs = {
  keptUntil: instantField
    .describe(
      "Kept until this instant: RFC 3339 with a zone, or a date (00:00 UTC). Before it, nothing here deletes it; " +
        "see forceDelete. Not given: kept for ever by the server, but free to be deleted here, unless " +
        "retentionMode says otherwise. Not together with retainFor.",
    )
    .optional(),
  retainFor: durationField
    .describe(
      'Kept for so long after its creation: an ISO 8601 duration, e.g. "P35D" or "P6M". It is applied when the ' +
        "object is made, and again only when the duration is changed. Not together with keptUntil.",
    )
    .optional(),
  retentionMode: z
    .enum(retentionModes, { message: 'expected "none", "governance" or "compliance"' })
    .describe(
      'How hard the retention is. "none": it can be shortened, with a warning. "governance": only with ' +
        'allowShorten. "compliance": it is never shortened, no deletion is forced, and the mode cannot be taken ' +
        'back before the retention is over. Default: "none".',
    )
    .meta({ default: "none" })
    .optional(),
  allowShorten: z
    .boolean()
    .describe(
      'Let a retention of the mode "governance" be shortened or its mode be taken back. Default: false.',
    )
    .meta({ default: false })
    .optional(),
  forceDelete: z
    .boolean()
    .describe(
      "Let it be deleted before its retention is over. It has to be applied by an update before the deletion. " +
        'Does nothing in the mode "compliance". Default: false.',
    )
    .meta({ default: false })
    .optional(),
};

/** What is shown of it, beside `keptUntil` in the server's own words. */
export const retentionOutputs = {
  expired: z
    .boolean()
    .describe(
      "Whether the server has removed it, or is doing so, because its retention was over. It stays in the stack then.",
    ),
};

/** Those arguments that only the state knows. A backend that keeps the mode on the server still lists it. */
export const retentionLocals = ["retainFor", "retentionMode", "allowShorten", "forceDelete"] as const;

/** Arguments of a retention after the check. */
export type RetentionInputs = z.output<z.ZodObject<typeof retentionInputs>>;

/** How they are compared; {@link retentionDifferences} does what is more than a comparison. */
export const retentionRules: Rules = {
  keptUntil: instantRule,
  // Whether a duration differs shows in no object; retentionDifferences tells it from what was applied.
  retainFor: { kind: "update", reset: null, same: () => false },
  retentionMode: localRule("none"),
  allowShorten: localRule(false),
  forceDelete: localRule(false),
};

/** What is wrong with the arguments together. For a lifecycle's `check`. */
export function checkRetention(news: Partial<RetentionInputs>): CheckFailure[] {
  if (news.keptUntil !== undefined && news.retainFor !== undefined) {
    const reason = "retainFor and keptUntil say the same thing in two ways: give one of them";
    return [{ property: "retainFor", reason }];
  }
  if (news.retentionMode === "compliance" && news.keptUntil === undefined && news.retainFor === undefined) {
    const reason =
      'the mode "compliance" needs keptUntil or retainFor: without an end, nothing could ever delete it';
    return [{ property: "retentionMode", reason }];
  }
  return [];
}

/** Clocks of clouds, portals and laptops differ by up to this much, in milliseconds. */
export const clockSkewMs = 15 * 60_000;

/**
 * What is wrong with the retention of something that is yet to be made: it must not be over before it begins.
 *
 * @param now the server's time where it is known, in milliseconds since the epoch
 */
export function checkNewRetention({ keptUntil }: Partial<RetentionInputs>, now: number): CheckFailure[] {
  if (keptUntil === undefined || hasUnknown(keptUntil) || endOf(keptUntil) >= now - clockSkewMs) return [];
  const reason =
    `"${keptUntil}" is past: it is ${isoInstant(now)} now, so the new one would be removed at once. ` +
    "Give an instant in the future, or none";
  return [{ property: "keptUntil", reason }];
}
