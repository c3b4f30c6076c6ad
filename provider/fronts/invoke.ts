import { z } from "zod";
import type { Settings } from "../core/backend";
import { limited } from "../core/deadline";
import { UserError } from "../core/errors";
import { describeIssues, wrongArguments } from "../core/resource/check";
import { namedTwice, renamed } from "../core/resource/former";
import type { Properties } from "../core/resource/lifecycle";
import { defined, fingerprint, isRecord } from "../core/values";
import { lookupOf } from "../registry";
import { Clients } from "./clients";

/** Pulumi gives look-ups no time limit, so this is theirs. */
const lookUpMinutes = 10;

/**
 * Runs a look-up. A result that is no object of the server's has an id of the look-up: the same for the same arguments.
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
  const { former = {} } = lookup;
  const written = defined(args);
  const given = renamed(former, written);
  const parsed = z.strictObject(lookup.inputs.shape).safeParse(given);
  const failures = [
    ...describeIssues(parsed.error?.issues ?? [], given, Object.keys(lookup.inputs.shape)),
    ...namedTwice(former, written),
  ];
  if (!parsed.success || failures.length > 0) {
    const { property, reason, message } = wrongArguments(failures);
    throw new UserError(reason, property, `${type}: ${message}`);
  }
  const clients = typeof by === "function" ? new Clients(by) : by;
  const { clock } = clients;
  const { signal, end } = limited(clock, lookUpMinutes * 60_000, `${lookUpMinutes} min`, cancelled);
  try {
    const result = await lookup.invoke(parsed.data, { client: clients.of(lookup), clock, signal });
    return isRecord(result) && !("id" in result)
      ? { id: fingerprint({ type, args: parsed.data }), ...result }
      : result;
  } finally {
    end();
  }
}
