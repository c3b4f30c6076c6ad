// By its file: bun puts a package of its own, which lacks `request`, in the place of the bare name.
import { Agent, type Dispatcher, errors } from "undici/index.js";
import { briefly, ConnectionError, messageOf } from "../errors";
import { textOf } from "./body";
import { refuseUnsendable } from "./sendable";

/** One request as it goes over the wire. */
interface WireRequest {
  origin: string;
  method: string;
  /** Path and query. */
  path: string;
  headers: Record<string, string>;
  body?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Called when the answer has begun, its body not read yet. */
  onAnswer?: (() => void) | undefined;
}

/** The answer, its body read to the end as text. */
export interface WireResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Sends one request, once. @throws ConnectionError, the signal's reason, or UserError for what cannot be sent */
export type Transport = (request: WireRequest) => Promise<WireResponse>;

/** Whom a transport trusts, and what it shows. */
export interface TransportOptions {
  /** The certificate authority to trust instead of Node's, PEM. */
  ca?: string | undefined;
  /** The certificate to show to servers that ask for one, and its private key, PEM. */
  client?: { cert: string; key: string } | undefined;
  /** Talk to whoever answers, whatever the certificate. */
  unverified?: boolean;
}

/**
 * What requests go out through. Tests put a network in memory in the place of the machine's, so that time can be
 * virtual on the wire too.
 */
export type Network = (options: Agent.Options) => Dispatcher;

/** The machine's own network: one pool of connections for each origin. */
const machine: Network = (options) => new Agent(options);

/** At most this many connections are open to one origin. */
const connections = 32;
/** So long may the handshake take. */
const connectTimeoutMs = 10_000;
/** So long may a server be silent before its answer, and in the middle of it. */
const silenceMs = 60_000;

/**
 * A transport with one keep-alive pool for each origin. Never follows a redirect.
 */
export function undiciTransport(options: TransportOptions = {}, network: Network = machine): Transport {
  const agent = network({
    connections,
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    connect: {
      timeout: connectTimeoutMs,
      ...(options.ca ? { ca: options.ca } : {}),
      ...options.client,
      ...(options.unverified ? { rejectUnauthorized: false } : {}),
    },
  });
  return async ({ origin, method, path, headers, body, signal, onAnswer }) => {
    refuseUnsendable(path, headers);
    const line = `${method} ${origin}${briefly(path)}`;
    try {
      const response = await agent.request({
        origin,
        path,
        method: method as Dispatcher.HttpMethod,
        headers,
        body: body ?? null,
        signal: signal ?? null,
      });
      onAnswer?.();
      const text = await textOf(line, response);
      return { status: response.statusCode, headers: response.headers, text };
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (error instanceof ConnectionError) throw error;
      const reason = `${line}: no answer: ${explain(error)}`;
      throw new ConnectionError(reason, wasSent(error), { code: codeOf(error) });
    }
  };
}

/** Failures before a connection stood: the request cannot have reached anybody. */
const unsentCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  // The handshake failed: not one byte of the request was on its way.
  "CERT_HAS_EXPIRED",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "HOSTNAME_MISMATCH",
  "ERR_SSL_WRONG_VERSION_NUMBER",
]);

function wasSent(error: unknown): boolean {
  if (error instanceof errors.ConnectTimeoutError) return false;
  const code = codeOf(error);
  return !(code && (unsentCodes.has(code) || code.startsWith("ERR_TLS") || code.includes("_CERT")));
}

function explain(error: unknown): string {
  const code = codeOf(error);
  const message = messageOf(error);
  return code && !message.includes(code) ? `${message || "failed"} (${code})` : message;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  // A host with several addresses fails with one AggregateError over all attempts.
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}
