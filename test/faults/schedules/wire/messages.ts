/** A request as it comes over the wire. */
export interface Asked {
  /** Scheme, host and port. */
  origin: string;
  method: string;
  /** Path and query. */
  path: string;
  /** By their names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** An answer as a server gives it. */
export interface Answer {
  status: number;
  /** By their names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** What comes back over the wire. */
export type Delivery =
  | {
      answer: Answer;
      /** The connection breaks after so many bytes of the body. */
      cut?: number;
      /** The body comes in pieces of so many bytes, each after a pause in milliseconds. */
      drip?: { bytes: number; pauseMs: number };
    }
  /** No connection, or one that breaks before the answer: the code that Node's errors have. */
  | { broken: "ECONNREFUSED" | "ECONNRESET" }
  /** There is never an answer. */
  | "silence";

/** A server: carries a request out and answers. */
export type Host = (asked: Asked) => Answer | Promise<Answer>;

/** Whether a request only reads. */
export function isRead({ method, path }: Asked): boolean {
  // Trilio cancels a restore with a GET.
  return ["GET", "HEAD"].includes(method) && !path.endsWith("/cancel");
}

/** Whether a request asks for a token, or about one. */
export function isSignIn({ path }: Asked): boolean {
  return path.endsWith("/auth/tokens");
}

/** The path without the query. */
export function barePath(path: string): string {
  return path.split("?")[0] ?? path;
}
