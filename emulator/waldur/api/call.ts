import type { Json } from "../../http/json";
import type { Reply } from "../../http/reply";
import type { User } from "../model";
import type { World } from "../world";
import type { View } from "./view";

/** A request on its way through a handler that anyone may call. */
export interface OpenCall {
  world: World;
  view: View;
  method: string;
  /** What the route's template caught. */
  uuid: string;
  query: URLSearchParams;
  /** The path as sent. */
  path: string;
  /** Parsed JSON or form, `undefined` without a body. */
  body: Json | undefined;
}

/** A request of somebody known. */
export interface Call extends OpenCall {
  user: User;
}

/** Answers a request. @throws Refusal */
export type Handler = (call: Call) => Reply;

/** Answers a request of anyone. @throws Refusal */
export type OpenHandler = (call: OpenCall) => Reply;
