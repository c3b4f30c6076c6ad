import { UserError } from "../errors";

/**
 * One part of a path, written so that it cannot become several: ids come from users, states and servers.
 *
 * @throws UserError for what no encoding keeps from meaning another folder
 */
export function segment(part: string): string {
  if (part === "" || part === "." || part === "..")
    throw new UserError(
      `${JSON.stringify(part)} can be no part of a path, so it names nothing on the server`,
    );
  return encodeURIComponent(part);
}
