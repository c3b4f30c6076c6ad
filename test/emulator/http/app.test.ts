import { request } from "node:http";
import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ManualClock } from "../../../emulator/clock/clock";
import { Timeline } from "../../../emulator/clock/timeline";
import { appOf } from "../../../emulator/http/app";
import { FaultInjector, type WireFault } from "../../../emulator/http/faults";
import { type Listening, listen } from "../../../emulator/http/listen";
import type { Reply } from "../../../emulator/http/reply";
import { RequestLog, type RequestRecord } from "../../../emulator/http/requestLog";
import type { Route, Service, ServiceRequest } from "../../../emulator/http/service";

interface Named extends Route {
  name: string;
}

/** A service of four routes, whose answer a test sets. */
class Bench {
  readonly clock = new ManualClock(Date.UTC(2026, 0, 1));
  readonly timeline = new Timeline(this.clock, 1);
  readonly faults = new FaultInjector<WireFault | { kind: "own" }>();
  readonly log = new RequestLog<RequestRecord>(({ method }) => method === "POST");
  readonly seen: ServiceRequest<Named>[] = [];
  readonly effects: string[] = [];
  reply: () => Reply = () => ({ status: 200, body: { ok: true } });
  listening: Listening | undefined;

  async start(looseSlash: boolean): Promise<void> {
    const service: Service<Named, { kind: "own" }, RequestRecord> = {
      routes: [
        { name: "fixed", path: "/things/all/" },
        { name: "one", path: "/things/:id{[^/.]+}/" },
        { name: "get", method: "GET", path: "/only/:a/:b" },
        { name: "post", method: "POST", path: "/only/:a/:b" },
      ],
      looseSlash,
      timeline: this.timeline,
      faults: this.faults,
      log: this.log,
      html: "text/html",
      bare: (status) => ({ status, body: "bare" }),
      record: ({ route }, base) => (route === undefined ? base : { ...base, route: route.name }),
      answer: (received, _, effect) => {
        this.seen.push(received);
        if (effect !== undefined) this.effects.push(effect.kind);
        return this.reply();
      },
      headers: () => ({ "X-Service": "bench", Vary: "Accept" }),
    };
    this.listening = await listen(appOf(service));
  }

  send(method: string, path: string, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(`${this.listening?.origin}${path}`, { method, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on("error", reject);
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const pairs = response.rawHeaders.flatMap((name, index, all) =>
            index % 2 === 0 ? [[name, all[index + 1] ?? ""]] : [],
          );
          const headers: Record<string, string> = Object.fromEntries(pairs);
          resolve({
            status: response.statusCode ?? 0,
            headers,
            text: Buffer.concat(chunks).toString("utf8"),
          });
        });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }
}

interface Answer {
  status: number;
  /** By the names as they were on the wire. */
  headers: Record<string, string>;
  text: string;
}

let bench: Bench;

beforeEach(async () => {
  bench = new Bench();
  await bench.start(false);
});

afterEach(() => bench.listening?.close());

describe("a request", () => {
  test("finds the first route that fits, with what its path caught", async () => {
    const paths = ["/things/all/", "/things/a%20b/", "/things/a.b/", "/things/x", "/only/1/2", "/"];
    for (const path of paths) await bench.send("GET", path);
    await bench.send("POST", "/only/1/2");
    await bench.send("PUT", "/only/1/2");
    expect(bench.seen.map(({ route, params }) => [route?.name, params])).toEqual([
      ["fixed", {}],
      ["one", { id: "a b" }],
      [undefined, {}],
      [undefined, {}],
      ["get", { a: "1", b: "2" }],
      [undefined, {}],
      ["post", { a: "1", b: "2" }],
      [undefined, {}],
    ]);
  });

  test("is handed over with method, path as sent, query, origin, headers and body", async () => {
    await bench.send("POST", "/things/%C3%A9/?a=1&a=2&b=%C3%A9+x", '{"n": 1}');
    await bench.send("POST", "/only/1/2?", "no JSON");
    await bench.send("HEAD", "/only/1/2");
    const [first, second, third] = bench.seen;
    expect(first).toMatchObject({
      method: "POST",
      path: "/things/%C3%A9/",
      body: { n: 1 },
      text: '{"n": 1}',
    });
    expect([first?.query.getAll("a"), first?.query.get("b")]).toEqual([["1", "2"], "é x"]);
    expect([first?.origin, first?.header("HOST")]).toEqual([
      bench.listening?.origin,
      bench.listening?.origin.replace("http://", ""),
    ]);
    expect(second).toMatchObject({ body: "no JSON", text: "no JSON" });
    expect(third).toMatchObject({ method: "HEAD", body: undefined, text: "", route: { name: "get" } });
  });

  test("may end with a slash where the service does not care", async () => {
    await bench.listening?.close();
    await bench.start(true);
    await bench.send("GET", "/only/1/2/");
    expect(bench.seen[0]?.route?.name).toBe("get");
  });

  test("is noted by route, status and time, and told apart by whether it writes", async () => {
    bench.clock.advanceSeconds(5);
    await bench.send("POST", "/only/1/2");
    await bench.send("GET", "/nowhere?x=1");
    const noted = bench.log.entries.map(({ route, status, time }) => [route, status, time]);
    expect(noted).toEqual([
      ["post", 200, bench.clock.now()],
      ["GET /nowhere", 200, bench.clock.now()],
    ]);
    expect(bench.log.writes).toEqual(bench.log.entries.slice(0, 1));
    expect(bench.log.counts()).toEqual({ post: 1, "GET /nowhere": 1 });
    bench.log.clear();
    expect(bench.log.counts()).toEqual({});
  });

  test("first lets happen what fell due before it", async () => {
    const happened: number[] = [];
    bench.timeline.after(10, () => happened.push(bench.timeline.now()));
    const due = bench.clock.now() + 10_000;
    bench.clock.advanceSeconds(60);
    await bench.send("GET", "/");
    expect(happened).toEqual([due]);
  });
});

describe("an answer", () => {
  test("has the clock's date, the service's headers and its own, names as they were written", async () => {
    bench.reply = () => ({
      status: 200,
      body: { é: 1 },
      headers: { "X-ODD-name": "soon; \t=?", vary: "Own" },
    });
    const { status, headers, text } = await bench.send("GET", "/");
    expect([status, JSON.parse(text)]).toEqual([200, { é: 1 }]);
    expect(headers).toMatchObject({
      Date: "Thu, 01 Jan 2026 00:00:00 GMT",
      "Content-Type": "application/json",
      "Content-Length": "8",
      "X-Service": "bench",
      "X-ODD-name": "soon; \t=?",
      vary: "Own",
    });
    expect(headers.Vary).toBeUndefined();
  });

  test("to HEAD is that to GET without the body", async () => {
    const got = await bench.send("GET", "/only/1/2");
    const { Connection: _, ...headers } = got.headers;
    expect(await bench.send("HEAD", "/only/1/2")).toMatchObject({ status: 200, headers, text: "" });
  });

  test.each<[string, Reply, string | undefined]>([
    ["no content", { status: 204, body: { never: "sent" } }, undefined],
    ["a status alone", { status: 405 }, "0"],
    ["a page", { status: 404, text: { type: "text/html", content: "<p>é</p>" } }, "9"],
    ["a page without anything on it", { status: 301, text: { type: "text/html", content: "" } }, "0"],
  ])("of %s", async (_, reply, length) => {
    bench.reply = () => reply;
    const { status, headers, text } = await bench.send("GET", "/");
    expect([status, headers["Content-Length"], text]).toEqual([
      reply.status,
      length,
      reply.text?.content ?? "",
    ]);
    if (reply.text !== undefined) expect(headers["Content-Type"]).toBe(reply.text.type);
  });

  test("says so when the emulator itself fails", async () => {
    bench.reply = () => {
      throw new Error("a bug");
    };
    const { status, text } = await bench.send("GET", "/");
    expect([status, text]).toEqual([
      500,
      expect.stringContaining("the emulator itself failed: Error: a bug"),
    ]);
  });
});

describe("a fault", () => {
  test("drops the connection before the request is handled, or instead of the answer", async () => {
    bench.faults.add({ action: { kind: "drop" } });
    await expect(bench.send("GET", "/only/1/2")).rejects.toThrow();
    expect(bench.seen).toHaveLength(0);
    bench.faults.add({ action: { kind: "dropAnswer" } });
    await expect(bench.send("POST", "/only/1/2", "{}")).rejects.toThrow();
    expect(bench.seen).toHaveLength(1);
    expect(bench.log.entries).toMatchObject([
      { fault: "drop", status: 0 },
      { fault: "dropAnswer", status: 0 },
    ]);
    expect((await bench.send("GET", "/only/1/2")).status).toBe(200);
  });

  test("holds the answer back", async () => {
    bench.faults.add({ action: { kind: "delay", ms: 1000 } });
    const answer = bench.send("GET", "/");
    await expect.poll(() => bench.seen.length).toBe(1);
    expect(bench.log.entries[0]?.status).toBe(0);
    bench.clock.advance(1000);
    expect((await answer).headers.Date).toBe("Thu, 01 Jan 2026 00:00:01 GMT");
  });

  test.each([
    ["truncated", '{"ok"'],
    ["invalid", "<!-- not JSON -->"],
  ] as const)("garbles the body: %s", async (how, text) => {
    bench.faults.add({ action: { kind: "garble", how } });
    const answer = await bench.send("GET", "/");
    expect(answer).toMatchObject({ status: 200, text });
    expect(answer.headers["Content-Length"]).toBe(`${text.length}`);
  });

  test.each<[Partial<Extract<WireFault, { kind: "answer" }>> & { status: number }, string, string]>([
    [{ status: 503, headers: { "Retry-After": "soon" } }, "text/html", "<center>nginx</center>"],
    [{ status: 403 }, "application/json", '"bare"'],
    [{ status: 400, body: "<b>no</b>" }, "text/html", "<b>no</b>"],
    [{ status: 429, body: { detail: "slow down" } }, "application/json", '{"detail":"slow down"}'],
  ])("answers %j itself", async (action, type, text) => {
    bench.faults.add({ action: { kind: "answer", ...action } });
    const answer = await bench.send("GET", "/");
    expect(answer).toMatchObject({
      status: action.status,
      headers: { "Content-Type": type, ...action.headers },
    });
    expect(answer.text).toContain(text);
    expect(bench.seen).toHaveLength(0);
  });

  test("of the service's own is the service's affair", async () => {
    bench.faults.add({ action: { kind: "own" } });
    await bench.send("GET", "/");
    await bench.send("GET", "/");
    expect([bench.effects, bench.log.entries.map(({ fault }) => fault)]).toEqual([["own"], ["own", null]]);
  });
});

test("a port that is taken is an error", async () => {
  const port = Number(new URL(bench.listening?.origin ?? "").port);
  await expect(listen(new Hono(), { port })).rejects.toThrow("EADDRINUSE");
});
