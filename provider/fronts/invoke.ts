import { z } from "zod";
import type { Settings } from "../core/backend";
import { systemClock } from "../core/clock";
import { UserError } from "../core/errors";
import { describeIssues, wrongArguments } from "../core/resource/check";
import type { Properties } from "../core/resource/lifecycle";
import { defined } from "../core/values";
import { lookupOf } from "../registry";
import { connectEngineLog } from "./engineLog";
import { Operations } from "./operations";

const log = connectEngineLog(undefined);

/**
 * Runs a look-up.
 *
 * @param by the settings to connect with, or whoever is connected already
 * @param type module and name, e.g. `waldur:getSnapshots`
 * @throws UserError that names every wrong argument, its value and what would be right
 */
export async function invoke(
  type: string,
  args: Properties,
  by: Settings | Pick<Operations, "client">,
): Promise<unknown> {
  const lookup = lookupOf(type);
  const given = defined(args);
  const parsed = z.strictObject(lookup.inputs.shape).safeParse(given);
  if (!parsed.success) {
    const failures = describeIssues(parsed.error.issues, given, Object.keys(lookup.inputs.shape));
    const { property, reason, message } = wrongArguments(failures);
    throw new UserError(reason, property, `${type}: ${message}`);
  }
  const operations = typeof by === "function" ? new Operations(by, log, () => "") : by;
  const client = operations.client(lookup);
  return lookup.invoke(parsed.data, { client, clock: systemClock });
}
