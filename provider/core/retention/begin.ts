import { UserError } from "../errors";
import { type Readings, timeOf } from "../http/witnesses";
import { wrongArguments } from "../resource/check";
import { doubtAbout } from "./clocks";
import { firstKeptUntil } from "./differences";
import { checkNewRetention, type RetentionInputs } from "./fields";

/**
 * The timestamp until which a new one is kept.
 *
 * @throws UserError where it is past, and where a duration cannot be counted since the clocks are not believed
 */
export async function firstEnd(
  inputs: Partial<RetentionInputs>,
  read: () => Promise<Readings>,
): Promise<string | undefined> {
  if (inputs.keptUntil === undefined && inputs.retainFor === undefined) return undefined;
  const readings = await read();
  const doubt = inputs.keptUntil === undefined ? doubtAbout(readings) : undefined;
  if (doubt)
    throw new UserError(
      `it cannot be told when ${inputs.retainFor} ends: ${doubt}; or give keptUntil`,
      "retainFor",
    );
  const keptUntil = firstKeptUntil(inputs, timeOf(readings).at);
  const wrong = checkNewRetention({ keptUntil }, readings);
  if (wrong.length > 0) throw wrongArguments(wrong);
  return keptUntil;
}
