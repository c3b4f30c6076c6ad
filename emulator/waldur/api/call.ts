import type { Json, User } from "../model";
import type { World } from "../world";
import type { Reply } from "./errors";
import type { View } from "./view";

/** A request on its way through a handler. */
export interface Call {
  world: World;
  view: View;
  method: string;
  /** Who asks; routes that anyone may call get nobody. */
  user: User;
  /** What the route's template caught. */
  uuid: string;
  query: URLSearchParams;
  /** The path as sent. */
  path: string;
  /** Parsed JSON or form, `undefined` without a body. */
  body: Json | undefined;
}

/** Answers a request. */
export type Handler = (call: Call) => Reply;
