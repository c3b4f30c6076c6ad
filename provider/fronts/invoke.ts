import { z } from "zod";
import type { Settings } from "../core/backend";
import { limited } from "../core/deadline";
import { UserError } from "../core/errors";
import { describeIssues, wrongArguments } from "../core/resource/check";
import type { Properties } from "../core/resource/lifecycle";
import { defined } from "../core/values";
import { lookupOf } from "../registry";
import { Clients } from "./clients";

/** Pulumi gives look-ups no time limit, so this is theirs. */
const lookUpMinutes = 10;

/**
 * Runs a look-up.
 *
 * @param by the settings to connect with, or whoever is connected already
 * @param type module and name, e.g. `waldur:getSnapshots`
 * @param cancelled ends it at once
 * @throws UserError that names every wrong argument, its value and what would be right
 * @throws TimeLimitError after ten minutes
 */
export async function invoke(
  type: string,
  args: Properties,
  by: Settings | Clients,
  cancelled?: AbortSignal,
): Promise<unknown> {
  const lookup = lookupOf(type);
  const given = defined(args);
  const parsed = z.strictObject(lookup.inputs.shape).safeParse(given);
  if (!parsed.success) {
    const failures = describeIssues(parsed.error.issues, given, Object.keys(lookup.inputs.shape));
    const { property, reason, message } = wrongArguments(failures);
    throw new UserError(reason, property, `${type}: ${message}`);
  }
  const clients = typeof by === "function" ? new Clients(by) : by;
  const { clock } = clients;
  const { signal, end } = limited(clock, lookUpMinutes * 60_000, `${lookUpMinutes} min`, cancelled);
  try {
    return await lookup.invoke(parsed.data, { client: clients.of(lookup), clock, signal });
  } finally {
    end();
  }
}
