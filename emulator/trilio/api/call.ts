import type { Json } from "../../http/json";
import type { Reply } from "../../http/reply";
import type { Token } from "../../keystone/keystone";
import type { TrilioFault } from "../faults";
import type { RestoreTrouble } from "../model";
import type { TrilioWorld } from "../world";

/** A request on its way through a handler. */
export interface Call {
  world: TrilioWorld;
  /** The token that was sent, which belongs to a project. */
  token: Token & { projectId: string };
  /** What the route's template caught, by name. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** Parsed JSON; undefined without a body. */
  body: Json | undefined;
  /** What a fault does to the restore that the request is about. */
  trouble: RestoreTrouble;
  fault: TrilioFault | undefined;
}

/** Answers a request. @throws TrilioRefusal */
export type Handler = (call: Call) => Reply;
