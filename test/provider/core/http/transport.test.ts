import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ConnectionError } from "../../../../provider/core/errors";
import { undiciTransport } from "../../../../provider/core/http/transport";
import { certificate } from "../../../support/certificate";
import { clientOf, token } from "../../../support/http";
import { type ScriptedServer, type Step, scripted } from "../../../support/scriptedServer";
import { failure } from "../../../support/virtualClock";

let server: ScriptedServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const ok: Step = { status: 200, body: {} };
const ca = certificate("the authority");
const leaf = certificate("the server", ca.signer);
const post = { method: "POST" as const, path: "/api/x/" };

describe("https", () => {
  it("trusts the authority that is configured", async () => {
    server = await scripted([ok], { tls: leaf });
    expect((await clientOf(server, undefined, ca.cert).http.request(post)).status).toBe(200);
  });

  it.each([
    ["signed by an authority that nobody knows", leaf],
    ["signed by itself", ca],
  ])("trusts no certificate %s, and sends nothing there", async (_, tls) => {
    server = await scripted([ok], { tls });
    const { http, clock } = clientOf(server);
    const error = await failure(http.request(post), ConnectionError);
    // What never reached anybody need not be looked up before it is sent again.
    expect(error.sent).toBe(false);
    expect(error.message).toMatch(/certificate/i);
    expect(server.requests).toEqual([]);
    expect(clock.pauses).toHaveLength(4);
  });

  it("to a server that speaks plain http sends nothing", async () => {
    server = await scripted([ok]);
    const { http } = clientOf({ origin: server.origin.replace("http:", "https:") });
    expect((await failure(http.request(post), ConnectionError)).sent).toBe(false);
    expect(server.requests).toEqual([]);
  });
});

describe("no answer", () => {
  const request = (origin: string) => ({
    origin,
    method: "POST",
    path: "/x/",
    headers: { authorization: token },
  });

  it("since there is no such host is an error after which it certainly was not", async () => {
    const error = await failure(undiciTransport()(request("http://no-such-host.invalid")), ConnectionError);
    expect(error.sent).toBe(false);
    expect(error.message).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(error.message).not.toContain(token);
  });
});

describe("the pool", () => {
  it("opens at most 32 connections to one origin, and keeps them", async () => {
    const sockets = new Set<unknown>();
    const crowded = createServer((_, response) => response.end("{}"));
    crowded.on("connection", (socket) => sockets.add(socket));
    await new Promise<void>((resolve) => crowded.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${(crowded.address() as AddressInfo).port}`;
    const transport = undiciTransport();
    const ask = () => transport({ origin, method: "GET", path: "/", headers: {} });
    await Promise.all(Array.from({ length: 100 }, ask));
    expect(sockets.size).toBe(32);
    await Promise.all(Array.from({ length: 100 }, ask));
    expect(sockets.size).toBe(32);
    crowded.closeAllConnections();
    await new Promise((resolve) => crowded.close(resolve));
  });
});
