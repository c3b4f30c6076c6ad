import { z } from "zod";
import { clockSkewMs, type Readings, timeOf } from "../http/witnesses";
import type { Fields, ServerField } from "../resource/field";
import type { CheckFailure } from "../resource/lifecycle";
import { stateChoice, stateFlag } from "../resource/stateFields";
import { isoTimestamp } from "../values";
import { durationField } from "./duration";
import { endOf, readEnd, sameEnd, timestampField } from "./instants";

/**
 * How strict a retention is. `none`: it can be shortened, which is warned of. `governance`: only with
 * `allowShorten`. `compliance`: never, and neither can the mode be taken back nor a deletion be forced.
 */
export const retentionModes = ["none", "governance", "compliance"] as const;
/** One of {@link retentionModes}. */
export type RetentionMode = (typeof retentionModes)[number];

/**
 * The arguments of everything that is kept for a time. A resource spreads them into its table.
 *
 * @param wire where a request carries the instant; `null` where the backend keeps it in some other way
 */
export function retentionFields<const Wire extends ServerField["wire"]>(wire: Wire) {
  return {
    keptUntil: {
      schema: timestampField
        .describe(
          "Retained until this time: RFC 3339 with a zone, or a date (00:00 UTC). Before it, the provider does not " +
            "delete the snapshot; see forceDelete. If omitted, no retention is promised: the server never removes the " +
            'snapshot, and a destroy deletes it. To keep one for good, set retentionMode: "governance" and no end. ' +
            "Cannot be combined with retainFor.",
        )
        .optional(),
      wire,
      onChange: "update",
      kept: "shown",
      reset: null,
      same: sameEnd,
      output: z
        .string()
        .optional()
        .describe("Retained until then, ISO 8601; absent: the server has no date for it"),
      // Of two ways to say the same one is declared; what cannot be read cannot be declared, and is guarded all the same.
      declare: ({ keptUntil, retainFor }) =>
        retainFor || typeof readEnd(keptUntil) !== "number" ? undefined : keptUntil,
    },
    retainFor: {
      schema: durationField
        .describe(
          'Kept for so long after its creation: an ISO 8601 duration, e.g. "P35D" or "P6M". It is applied when the ' +
            "object is made, and again only when the duration is changed. Not together with keptUntil.",
        )
        .optional(),
      wire: null,
      onChange: "update",
      kept: "state",
      reset: null,
      // Whether a duration differs shows in no object; retentionDifferences tells it from what was applied.
      same: () => false,
    },
    retentionMode: stateChoice(
      retentionModes,
      "none",
      'How strict the retention is. "none": it can be shortened, with a warning. "governance": only with ' +
        'allowShorten. "compliance": it is never shortened, no deletion is forced, and the mode cannot be taken ' +
        'back before the retention is over. Default: "none".',
    ),
    allowShorten: stateFlag(
      'Let a retention of the mode "governance" be shortened or its mode be taken back. Default: false.',
    ),
    forceDelete: stateFlag(
      "Let it be deleted before its retention is over. It has to be applied by an update before the deletion. " +
        'Does nothing in the mode "compliance". Default: false.',
    ),
  } as const satisfies Fields;
}

/** What is shown of it, beside `keptUntil` in the server's own words. */
export const retentionOutputs = {
  heldUntil: z
    .string()
    .optional()
    .describe(
      "Retained until then, ISO 8601, although the server no longer shows it or shows something unreadable: the " +
        "guard goes by this date until keptUntil is written again. Absent: keptUntil is as the server has it.",
    ),
  expired: z
    .boolean()
    .describe(
      "Whether the server has removed it, or is doing so, because its retention was over. It stays in the stack then.",
    ),
};

/** Arguments of a retention after the check. */
export type RetentionInputs = {
  [K in keyof ReturnType<typeof retentionFields>]?: z.output<ReturnType<typeof retentionFields>[K]["schema"]>;
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

/**
 * What is wrong with the retention of something that is yet to be made: it must not be over before it begins. The
 * clock of the service counts, since by that one it is removed.
 */
export function checkNewRetention(
  { keptUntil }: Partial<RetentionInputs>,
  readings: Readings,
): CheckFailure[] {
  const { of, at } = timeOf(readings);
  // What is not known yet has no end yet either.
  if (endOf(keptUntil) >= at - clockSkewMs) return [];
  const reason =
    `"${keptUntil}" is past: it is ${isoTimestamp(at)} now by the clock of ${of}, so the new one would be removed at ` +
    "once. Give an instant in the future, or none";
  return [{ property: "keptUntil", reason }];
}
