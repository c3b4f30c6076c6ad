import { type Agent, type Dispatcher, errors } from "undici";
import { describe, expect, it } from "vitest";
import { ConnectionError, UserError } from "../../../../provider/core/errors";
import { longestAnswer } from "../../../../provider/core/http/body";
import { undiciTransport } from "../../../../provider/core/http/transport";
import { failure } from "../../../support/virtualClock";

const request = { origin: "https://x", method: "GET", path: "/y/?field=a&b=c", headers: {} };

/** A transport whose network ends every request so. */
const ending = (answer: () => Promise<unknown>) =>
  undiciTransport({}, () => ({ request: answer }) as unknown as Dispatcher);

const coded = (code: unknown, message = "") => Object.assign(new Error(message), { code });
const refused = new AggregateError([coded("ECONNREFUSED"), coded("ECONNRESET")], "");

describe("a request that brought no answer", () => {
  it.each<[string, unknown, string]>([
    ["nobody listens", coded("ECONNREFUSED", "connect ECONNREFUSED ::1:80"), "connect ECONNREFUSED ::1:80"],
    ["none of several addresses has somebody who listens", refused, "failed (ECONNREFUSED)"],
    ["there is no such host", coded("ENOTFOUND", "getaddrinfo"), "getaddrinfo (ENOTFOUND)"],
    ["names cannot be looked up", coded("EAI_AGAIN"), "failed (EAI_AGAIN)"],
    ["the host cannot be reached", coded("EHOSTUNREACH"), "failed (EHOSTUNREACH)"],
    ["the network cannot be reached", coded("ENETUNREACH"), "failed (ENETUNREACH)"],
    ["a certificate is over", coded("CERT_HAS_EXPIRED", "expired"), "expired (CERT_HAS_EXPIRED)"],
    ["a certificate is another host's", coded("HOSTNAME_MISMATCH"), "failed (HOSTNAME_MISMATCH)"],
    [
      "a certificate names another host",
      coded("ERR_TLS_CERT_ALTNAME_INVALID"),
      "failed (ERR_TLS_CERT_ALTNAME_INVALID)",
    ],
    ["TLS cannot be agreed on", coded("ERR_TLS_HANDSHAKE_TIMEOUT"), "failed (ERR_TLS_HANDSHAKE_TIMEOUT)"],
    [
      "the authority is not known",
      coded("UNABLE_TO_GET_ISSUER_CERT_LOCALLY"),
      "failed (UNABLE_TO_GET_ISSUER_CERT_LOCALLY)",
    ],
    [
      "the handshake takes too long",
      new errors.ConnectTimeoutError("late"),
      "late (UND_ERR_CONNECT_TIMEOUT)",
    ],
  ])("was certainly not sent where %s", async (_case, error, words) => {
    const thrown = await failure(ending(() => Promise.reject(error))(request), ConnectionError);
    expect(thrown).toMatchObject({ message: `GET https://x/y/?b=c: no answer: ${words}`, sent: false });
  });

  it.each<[string, unknown, string]>([
    ["the connection breaks", coded("ECONNRESET", "read ECONNRESET"), "read ECONNRESET"],
    ["the server is silent", new errors.HeadersTimeoutError("late"), "late (UND_ERR_HEADERS_TIMEOUT)"],
    ["the reason has no code", new Error("broken"), "broken"],
    ["the code is no text", coded(7, "broken"), "broken"],
    ["the reason is no error", "oh", "oh"],
    ["there is no reason", null, "null"],
  ])("may have been carried out where %s", async (_case, error, words) => {
    const thrown = await failure(ending(() => Promise.reject(error))(request), ConnectionError);
    expect(thrown).toMatchObject({ message: `GET https://x/y/?b=c: no answer: ${words}`, sent: true });
  });

  it("ends with the signal's reason where that has aborted", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    const transport = ending(() => Promise.reject(coded("UND_ERR_ABORTED")));
    await expect(transport({ ...request, signal })).rejects.toThrow(new Error("enough"));
  });

  it("is told as it is where the answer is too long", async () => {
    const body = { on: () => body, destroy: () => undefined };
    const headers = { "content-length": String(longestAnswer + 1) };
    const transport = ending(async () => ({ statusCode: 200, headers, body }));
    expect(await failure(transport(request), ConnectionError)).toMatchObject({
      message: "GET https://x/y/?b=c: the answer is longer than 64 MiB, so it was not read",
      lasting: true,
    });
  });

  it("is not even sent where that cannot be", async () => {
    const transport = ending(() => Promise.reject(new Error("was sent")));
    await failure(transport({ ...request, path: "/a b" }), UserError);
  });
});

describe("the network", () => {
  const connect = (options: Parameters<typeof undiciTransport>[0]) => {
    let seen: Agent.Options = {};
    undiciTransport(options, (given) => {
      seen = given;
      return {} as Dispatcher;
    });
    return seen.connect;
  };

  it("trusts whom Node trusts, the authority that is given, or anybody where that is wanted", () => {
    expect(connect({})).toEqual({ timeout: 10_000 });
    expect(connect({ ca: "PEM" })).toEqual({ timeout: 10_000, ca: "PEM" });
    expect(connect({ unverified: true })).toEqual({ timeout: 10_000, rejectUnauthorized: false });
  });
});
