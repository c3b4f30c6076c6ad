import { ApiError, isAmbiguous, messageOf } from "../../core/errors";
import type { TrilioContext } from "../object";

/**
 * Asks for the end of a restore, once.
 *
 * @returns what went wrong with it
 * @throws ApiError where it is not allowed
 */
export async function cancelRestore({ client }: TrilioContext, id: string): Promise<string | undefined> {
  try {
    await client.cancel(id);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError && [401, 403].includes(error.status)) throw error;
    const doubt = isAmbiguous(error) ? "may not have been heard" : "was refused";
    return `its cancellation ${doubt} and is not repeated (${messageOf(error)})`;
  }
}
