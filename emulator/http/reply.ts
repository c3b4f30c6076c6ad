import type { Json } from "./json";

/** What a service answers. */
export interface Reply {
  status: number;
  /** Sent as JSON; undefined: no body, unless there is a `text`. */
  body?: Json;
  /** A body that is not JSON. */
  text?: { type: string; content: string };
  headers?: Record<string, string>;
}
