import type { Reply } from "../../http/reply";
import type { User } from "../model";
import type { World } from "../world";
import type { OpenCall } from "./call";
import { Refusal } from "./errors";
import { bodyObject } from "./fields";

function unauthorised(detail: string): Refusal {
  return new Refusal({ status: 401, body: { detail }, headers: { "WWW-Authenticate": "Token" } });
}

/** Who sent an `Authorization` header, or a 401 worded like the recorded ones (01). */
export function authenticate(world: World, header: string | undefined): User {
  const [scheme, ...rest] = (header ?? "").trim().split(/\s+/);
  if (scheme?.toLowerCase() !== "token") throw unauthorised("Authentication credentials were not provided.");
  if (rest.length === 0) throw unauthorised("Invalid token. No credentials provided.");
  if (rest.length > 1) throw unauthorised("Invalid token. Token string should not contain spaces.");
  const user = [...world.users.values()].find((candidate) => candidate.token === rest[0]);
  if (user === undefined) throw unauthorised("Invalid token.");
  return user;
}

/** `POST /api-auth/password/`: a token for a name and a password (recording 20). */
export function logIn(call: OpenCall): Reply {
  const body = bodyObject(call.body);
  const user = [...call.world.users.values()].find((candidate) => candidate.username === body.username);
  if (user === undefined || user.password !== body.password) {
    throw new Refusal({ status: 401, body: { detail: "Invalid username/password." } });
  }
  return { status: 200, body: { token: user.token } };
}
