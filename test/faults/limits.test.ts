import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { limited, TimeLimitError } from "../../provider/core/deadline";
import { ApiError, ConnectionError, isAmbiguous } from "../../provider/core/errors";
import { longestAnswer } from "../../provider/core/http/body";
import { HttpClient } from "../../provider/core/http/http";
import { undiciTransport } from "../../provider/core/http/transport";
import { Clients } from "../../provider/fronts/clients";
import { invoke } from "../../provider/fronts/invoke";
import { ResourceHost } from "../../provider/fronts/resourceHost";
import { creationsOf } from "../support/creations";
import { clientOf } from "../support/http";
import { type ScriptedServer, scripted } from "../support/scriptedServer";
import { SkippingClock } from "../support/skippingClock";
import { failure } from "../support/virtualClock";

let server: Server | undefined;
let script: ScriptedServer | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  await script?.close();
  server = script = undefined;
});

/** A server that is told by the test what to do with each response. */
async function serving(answer: (response: ServerResponse) => void): Promise<string> {
  const made = createServer((_request, response) => answer(response));
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(made.address() as AddressInfo).port}`;
}

/** A body of which a byte comes each time that a second has passed. */
function dripping(clock: SkippingClock) {
  return (response: ServerResponse) => {
    response.writeHead(200, { "content-type": "application/json" });
    const drip = () => {
      if (response.destroyed) return;
      clock.advance(1000);
      response.write("[", () => setImmediate(drip));
    };
    drip();
  };
}

const limitMs = 60_000;
/** A limit, and a little more for what has to be noted at its end. */
const atMost = limitMs + 5000;

describe("an operation ends within its limit and five seconds", () => {
  it("where a body drips a byte a second", async () => {
    const clock = new SkippingClock();
    const { http } = clientOf({ origin: await serving(dripping(clock)) }, clock);
    const { signal } = limited(clock, limitMs, "60 s");
    const error = await failure(http.request({ method: "GET", path: "/", signal }), TimeLimitError);
    expect(error.message).toBe("the time limit of 60 s is over");
    expect(clock.now() - clock.start).toBeLessThanOrEqual(atMost);
  });

  it("where the answer of a write drips, and what it did is unknown then", async () => {
    const clock = new SkippingClock();
    const { http } = clientOf({ origin: await serving(dripping(clock)) }, clock);
    const { signal } = limited(clock, limitMs, "60 s");
    const error = await failure(http.request({ method: "POST", path: "/x/", signal }), ConnectionError);
    expect(isAmbiguous(error)).toBe(true);
    expect(error.message).toContain("/x/ was not answered in time: the time limit of 60 s is over");
    expect(clock.now() - clock.start).toBeLessThanOrEqual(atMost);
  });

  it.each(["1441", "99999999999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])(
    "where a server that is busy asks to come back in %s",
    async (retryAfter) => {
      script = await scripted([{ status: 429, headers: { "retry-after": retryAfter } }]);
      const { http, clock } = clientOf(script);
      const { signal } = limited(clock, limitMs, "60 s");
      for (const method of ["GET", "POST"] as const) {
        const error = await failure(http.request({ method, path: "/", signal }), ApiError);
        // The server's own words, not that time is over.
        expect(error.status).toBe(429);
      }
      expect(clock.now() - clock.start).toBeLessThanOrEqual(atMost);
    },
  );

  it("where five attempts would begin at its end", async () => {
    script = await scripted([{ status: 503 }]);
    const { http, clock } = clientOf(script);
    const { signal } = limited(clock, 0, "0 s");
    await failure(http.request({ method: "GET", path: "/", signal }), ApiError);
    expect(script.requests).toHaveLength(1);
    expect(clock.pauses).toEqual([]);
  });

  it("and a write that is under way when everything is cancelled still brings its answer until then", async () => {
    const clock = new SkippingClock();
    const cancel = new AbortController();
    const origin = await serving((response) => {
      cancel.abort(new Error("cancelled"));
      if (!response.destroyed) clock.advance(limitMs);
      response.end('{"uuid": "made"}');
    });
    const { http } = clientOf({ origin }, clock);
    const { signal } = limited(clock, limitMs, "60 s", cancel.signal);
    expect((await http.request({ method: "POST", path: "/", signal })).body).toEqual({ uuid: "made" });
    await expect(http.request({ method: "POST", path: "/", signal })).rejects.toThrow("cancelled");
  });

  it("and the signal of one that has ended never aborts", () => {
    const clock = new SkippingClock();
    const { signal, end } = limited(clock, limitMs, "60 s");
    end();
    clock.advance(10 * limitMs);
    expect(signal.aborted).toBe(false);
  });
});

describe("an answer that nobody limits", () => {
  it("is given up after two minutes, so that no shared request lasts for ever", async () => {
    const clock = new SkippingClock();
    const { http } = clientOf({ origin: await serving(dripping(clock)) }, clock);
    const error = await failure(http.request({ method: "POST", path: "/x/" }), ConnectionError);
    expect(error.message).toContain("/x/: the answer was not complete after 120 s");
    expect(clock.now() - clock.start).toBeLessThan(125_000);
  });
});

describe("a body that is too long is not read", () => {
  /** Sends zeros as long as somebody takes them. @returns how many bytes went out */
  function flooding(headers: Record<string, string>) {
    const sent = { bytes: 0 };
    const chunk = Buffer.alloc(2 ** 20, "0");
    const answer = (response: ServerResponse) => {
      response.writeHead(200, { "content-type": "application/json", ...headers });
      const more = () => {
        if (response.destroyed) return;
        sent.bytes += chunk.length;
        response.write(chunk, () => setImmediate(more));
      };
      more();
    };
    return { sent, answer };
  }

  it.each([
    ["that says so", { "content-length": String(600 * 2 ** 20) }, 8 * 2 ** 20],
    ["that does not say so", {}, longestAnswer + 16 * 2 ** 20],
  ])("one %s, nor asked for again", async (_, headers, most) => {
    const { sent, answer } = flooding(headers as Record<string, string>);
    const { http, clock } = clientOf({ origin: await serving(answer) });
    const error = await failure(http.request({ method: "GET", path: "/api/x/" }), ConnectionError);
    expect(error.message).toContain("/api/x/: the answer is longer than 64 MiB, so it was not read");
    expect(sent.bytes).toBeLessThan(most);
    expect(clock.pauses).toEqual([]);
    // It came in answer to a write as well: what that did is unknown.
    expect(isAmbiguous(error)).toBe(true);
  });

  it("and its connection is no longer used, but no other is lost", async () => {
    const { answer } = flooding({ "content-length": String(600 * 2 ** 20) });
    let flood = true;
    const origin = await serving((response) => (flood ? answer(response) : response.end("{}")));
    const transport = undiciTransport();
    const http = new HttpClient({ origin, authorization: () => ({}), transport, clock: new SkippingClock() });
    for (let count = 0; count < 40; count++)
      await failure(http.request({ method: "GET", path: "/" }), ConnectionError);
    flood = false;
    expect((await http.request({ method: "GET", path: "/" })).body).toEqual({});
  });
});

describe("Ctrl-C ends look-ups", () => {
  const lookUps: [string, Record<string, unknown>][] = [
    ["waldur:getSnapshots", {}],
    ["waldur:getVolume", { uuid: "0".repeat(32) }],
    ["waldur:getRestorations", { snapshotId: "0".repeat(32) }],
    ["cinder:getSnapshots", {}],
    ["cinder:getVolumeTypes", {}],
    ["cinder:getLimits", {}],
    ["trilio:getRestores", {}],
    ["trilio:getSnapshot", { name: "nightly" }],
  ];

  const clientsOf = (origin: string, clock: SkippingClock) => {
    const settings: Record<string, string> = {
      waldurApiUrl: origin,
      waldurAccessToken: "0123456789abcdef",
      authUrl: `${origin}/v3`,
      username: "demo",
      password: "x",
      projectName: "demo",
    };
    return new Clients((name) => settings[name], clock);
  };

  it.each(lookUps)("%s while the server is silent", async (type, args) => {
    const cancel = new AbortController();
    script = await scripted(() => {
      setImmediate(() => cancel.abort(new Error("cancelled")));
      return "silence";
    });
    const clients = clientsOf(script.origin, new SkippingClock());
    await expect(invoke(type, args, clients, cancel.signal)).rejects.toThrow("cancelled");
    expect(script.requests).toHaveLength(1);
  });

  it.each(lookUps)("%s while it waits to ask again", async (type, args) => {
    const cancel = new AbortController();
    script = await scripted([{ status: 503 }]);
    const clock = new SkippingClock();
    clock.onSleep = () => cancel.abort(new Error("cancelled"));
    await expect(invoke(type, args, clientsOf(script.origin, clock), cancel.signal)).rejects.toThrow(
      "cancelled",
    );
    expect(script.requests).toHaveLength(1);
  });

  it("and ten minutes end them where nobody does", async () => {
    const clock = new SkippingClock();
    const origin = await serving((response) => {
      clock.advance(61_000);
      response.writeHead(200).end("[]");
    });
    // Each page takes a minute, and there are many.
    const links = { last: '<http://x/?page=900>; rel="prev"', other: '<http://x/?page=2>; rel="next"' };
    server?.prependListener("request", ({ url = "" }, response) =>
      response.setHeader("link", url.includes("page=last") ? links.last : links.other),
    );
    const asking = invoke("waldur:getSnapshots", {}, clientsOf(origin, clock));
    await expect(asking).rejects.toThrow("the time limit of 10 min is over");
    expect(clock.now() - clock.start).toBeLessThan(12 * 60_000);
  });
});

describe("what Pulumi calls ends within the limit that the program sets", () => {
  const id = "0".repeat(32);
  const subject = {
    type: "waldur:Snapshot",
    identity: { project: "p", stack: "s", name: "nightly" },
    timeouts: { create: "60s", update: "60s", delete: "60s" },
    secrets: [],
    hide: (text: string) => text,
  };
  const inputs = { volumeId: id, name: "nightly" };
  const state = { uuid: id, name: "nightly", volumeId: id, projectId: id };

  it.each([
    ["create", (host: ResourceHost) => host.create(subject, inputs)],
    ["read", (host: ResourceHost) => host.read(subject, id, { state })],
    ["update", (host: ResourceHost) => host.update(subject, id, { state }, inputs)],
    ["delete", (host: ResourceHost) => host.delete(subject, id, state)],
    [
      "diff",
      async (host: ResourceHost) => {
        const others = { ...inputs, volumeId: `1${id.slice(1)}` };
        await host.check(subject, inputs, others);
        return host.diff(subject, id, { state }, others);
      },
    ],
    ["check", (host: ResourceHost) => host.check({ ...subject, adopts: id }, {}, { volumeId: id })],
  ])("%s", async (_, call) => {
    const clock = new SkippingClock();
    const origin = await serving(dripping(clock));
    const host = new ResourceHost({
      clients: new Clients(
        (name) => ({ waldurApiUrl: origin, waldurAccessToken: "0123456789abcdef" })[name],
        clock,
      ),
      log: { status: () => undefined, warn: () => undefined, settled: async () => undefined },
      urnOf: (type, { name }) => `${type}::${name}`,
      creations: creationsOf(),
      importsBy: "create",
    });
    await expect(call(host)).rejects.toThrow(/time limit of 60 s is over/);
    expect(clock.now() - clock.start).toBeGreaterThanOrEqual(limitMs);
    expect(clock.now() - clock.start).toBeLessThanOrEqual(atMost);
  });
});
