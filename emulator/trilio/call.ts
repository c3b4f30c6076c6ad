import type { Json } from "../model";
import type { TrilioFaultAction } from "./faults";
import type { Token } from "./keystone/tokens";
import type { RestoreTrouble } from "./model";
import type { Reply } from "./reply";
import type { TrilioWorld } from "./world";

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
  action: TrilioFaultAction | undefined;
}

/** Answers a request. @throws TrilioRefusal */
export type Handler = (call: Call) => Reply;
