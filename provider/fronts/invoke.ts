import { z } from "zod";
import type { Settings } from "../core/backend";
import { UserError } from "../core/errors";
import { describeIssues, wrongArguments } from "../core/resource/check";
import type { Properties } from "../core/resource/lifecycle";
import { defined } from "../core/values";
import { lookupOf } from "../registry";
import { Clients } from "./clients";

/**
 * Runs a look-up.
 *
 * @param by the settings to connect with, or whoever is connected already
 * @param type module and name, e.g. `waldur:getSnapshots`
 * @throws UserError that names every wrong argument, its value and what would be right
 */
export async function invoke(type: string, args: Properties, by: Settings | Clients): Promise<unknown> {
  const lookup = lookupOf(type);
  const given = defined(args);
  const parsed = z.strictObject(lookup.inputs.shape).safeParse(given);
  if (!parsed.success) {
    const failures = describeIssues(parsed.error.issues, given, Object.keys(lookup.inputs.shape));
    const { property, reason, message } = wrongArguments(failures);
    throw new UserError(reason, property, `${type}: ${message}`);
  }
  const clients = typeof by === "function" ? new Clients(by) : by;
  return lookup.invoke(parsed.data, { client: clients.of(lookup), clock: clients.clock });
}
