import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { ApiError, ConnectionError } from "../../../../provider/core/errors";
import { HttpClient, type HttpRequest } from "../../../../provider/core/http/http";
import { clientOf } from "../../../support/http";
import { type ScriptedServer, type Step, scripted } from "../../../support/scriptedServer";
import { SkippingClock } from "../../../support/skippingClock";
import { failure, someDay } from "../../../support/virtualClock";

let server: ScriptedServer;
afterEach(() => server.close());

const get: HttpRequest = { method: "GET", path: "/api/x/" };
const post: HttpRequest = { method: "POST", path: "/api/x/", body: { name: "a" } };
const ok: Step = { status: 200, body: { fine: true } };
const html: Step = {
  status: 502,
  headers: { "content-type": "text/html" },
  body: "<html><title>502</title></html>",
};

describe("a GET", () => {
  it.each<[string, Step]>([
    ["a reset connection", "reset"],
    ["an answer that is cut off", "cut"],
    ["JSON that is cut off", { status: 200, body: '{"half":' }],
    ["408", { status: 408 }],
    ["429", { status: 429 }],
    ["500", { status: 500 }],
    ["502 with a page of HTML", html],
    ["503", { status: 503 }],
    ["504", { status: 504 }],
  ])("is repeated after %s", async (_, step) => {
    server = await scripted([step, step, ok]);
    const { http, clock } = clientOf(server);
    expect((await http.request(get)).body).toEqual({ fine: true });
    expect(server.requests).toHaveLength(3);
    expect(clock.pauses).toHaveLength(2);
  });

  it.each([400, 401, 403, 404, 405, 409, 410, 422])("is not repeated after %i", async (status) => {
    server = await scripted([{ status, body: { detail: "no" } }]);
    const { http } = clientOf(server);
    expect((await failure(http.request(get), ApiError)).status).toBe(status);
    expect(server.requests).toHaveLength(1);
  });

  it("is given up after five attempts, with the last error", async () => {
    server = await scripted(["reset", "reset", "reset", "reset", { status: 503, body: { detail: "busy" } }]);
    const { http } = clientOf(server);
    expect((await failure(http.request(get), ApiError)).reason).toBe("busy");
    expect(server.requests).toHaveLength(5);
  });

  it("pauses longer each time, with jitter", async () => {
    const pausesOf = async (random: number) => {
      server = await scripted([{ status: 503 }]);
      const { http, clock } = clientOf(server, new SkippingClock(() => random));
      await failure(http.request(get), ApiError);
      await server.close();
      return clock.pauses;
    };
    const [low, high] = [await pausesOf(0), await pausesOf(1)];
    expect(low).toEqual([125, 125, 125, 125]);
    expect(high).toEqual([625, 1125, 2125, 4125]);
  });

  it("ends with the signal's reason while it pauses", async () => {
    server = await scripted([{ status: 503 }]);
    const { http, clock } = clientOf(server);
    const stop = new AbortController();
    clock.onSleep = () => stop.abort(new Error("enough"));
    await expect(http.request({ ...get, signal: stop.signal })).rejects.toThrow("enough");
    expect(server.requests).toHaveLength(1);
  });

  it("ends with the signal's reason while the server is silent", async () => {
    const stop = new AbortController();
    server = await scripted(() => {
      setImmediate(() => stop.abort(new Error("enough")));
      return "silence";
    });
    const { http } = clientOf(server);
    await expect(http.request({ ...get, signal: stop.signal })).rejects.toThrow("enough");
    expect(server.requests).toHaveLength(1);
  });
});

describe("a POST", () => {
  it("that is under way when everything is to stop still brings its answer", async () => {
    const stop = new AbortController();
    server = await scripted(() => {
      stop.abort(new Error("enough"));
      return ok;
    });
    const { http } = clientOf(server);
    expect((await http.request({ ...post, signal: stop.signal })).body).toEqual({ fine: true });
    await expect(http.request({ ...post, signal: stop.signal })).rejects.toThrow("enough");
    expect(server.requests).toHaveLength(1);
  });

  it.each<[string, Step]>([
    ["a reset connection", "reset"],
    ["an answer that is cut off", "cut"],
    ["an answer that is no JSON", { status: 201, body: "<!-- not JSON -->" }],
  ])("is never repeated after %s, which may have come after the deed", async (_, step) => {
    server = await scripted([step, ok]);
    const { http } = clientOf(server);
    expect((await failure(http.request(post), ConnectionError)).sent).toBe(true);
    expect(server.requests).toHaveLength(1);
  });

  it.each([500, 502, 503, 504, 400, 409])("is never repeated after %i", async (status) => {
    server = await scripted([{ status, headers: { "retry-after": "1" } }, ok]);
    const { http } = clientOf(server);
    expect((await failure(http.request(post), ApiError)).status).toBe(status);
    expect(server.requests).toHaveLength(1);
  });

  it("is repeated after 429, since the server has refused it", async () => {
    server = await scripted([{ status: 429 }, ok]);
    const { http } = clientOf(server);
    expect((await http.request(post)).status).toBe(200);
    expect(server.requests.map(({ body }) => body)).toEqual(['{"name":"a"}', '{"name":"a"}']);
  });

  it("is repeated after a refused connection, since nobody was there to hear it", async () => {
    server = await scripted([ok]);
    const { port } = server;
    await server.close();
    const { http, clock } = clientOf(server);
    clock.onSleep = async () => {
      if (clock.pauses.length === 2) server = await scripted([ok], { port });
    };
    expect((await http.request(post)).status).toBe(200);
    expect(clock.pauses).toHaveLength(2);
    expect(server.requests).toHaveLength(1);
  });

  it("tells after refused connections only that it was never sent", async () => {
    server = await scripted([ok]);
    await server.close();
    const { http, clock } = clientOf(server);
    const error = await failure(http.request(post), ConnectionError);
    expect(error.sent).toBe(false);
    expect(error.message).toContain("ECONNREFUSED");
    expect(clock.pauses).toHaveLength(4);
  });

  it("is sent twice only where the first one was refused, whatever the server does", async () => {
    const steps = fc.constantFrom<Step>(
      "reset",
      "cut",
      { status: 429 },
      { status: 503 },
      { status: 400 },
      ok,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 6 }), async (script) => {
        server = await scripted(script);
        const { http } = clientOf(server);
        await http.request(post).catch(() => undefined);
        const isRefusal = (step: Step | undefined) => typeof step === "object" && step.status === 429;
        const sent = Array.from(server.requests, (_, index) => script[Math.min(index, script.length - 1)]);
        expect(sent.slice(0, -1).every(isRefusal)).toBe(true);
        expect(sent.length).toBeLessThanOrEqual(5);
        await server.close();
      }),
      { numRuns: 40 },
    );
  });
});

describe("Retry-After", () => {
  const pause = async (value: string, method: HttpRequest = get, date?: string) => {
    const headers = { "retry-after": value, ...(date ? { date } : {}) };
    server = await scripted([{ status: 429, headers }, ok]);
    const { http, clock } = clientOf(server, new SkippingClock(() => 0));
    await http.request(method);
    return clock.pauses;
  };

  it("in seconds is kept to, by writes too", async () => {
    expect(await pause("7")).toEqual([7000]);
    await server.close();
    expect(await pause("7", post)).toEqual([7000]);
  });

  it("as a date is kept to by the server's own clock", async () => {
    const date = new Date(someDay + 3_600_000).toUTCString();
    expect(await pause(new Date(someDay + 3_609_000).toUTCString(), get, date)).toEqual([9000]);
  });

  it("in the past is no pause", async () => {
    const date = new Date(someDay).toUTCString();
    expect(await pause(new Date(someDay - 60_000).toUTCString(), get, date)).toEqual([0]);
  });

  it("is believed up to two minutes", async () => expect(await pause("86400")).toEqual([120_000]));

  it("that is neither leaves the usual pause", async () => expect(await pause("soon")).toEqual([125]));

  it("is in the error that ends the attempts", async () => {
    server = await scripted([{ status: 503, headers: { "retry-after": "30" } }]);
    const { http } = clientOf(server);
    expect((await failure(http.request(get), ApiError)).retryAfterMs).toBe(30_000);
  });
});

describe("the transport", () => {
  it("gets the credential again at every attempt", async () => {
    server = await scripted([ok]);
    let count = 0;
    const seen: unknown[] = [];
    const http = new HttpClient({
      origin: server.origin,
      authorization: () => ({ authorization: `Token ${++count}` }),
      clock: new SkippingClock(),
      transport: async ({ headers }) => {
        seen.push(headers.authorization);
        return { status: seen.length < 3 ? 503 : 200, headers: {}, text: "" };
      },
    });
    await http.request(get);
    expect(seen).toEqual(["Token 1", "Token 2", "Token 3"]);
  });
});

describe("a request that says how often it may be sent", () => {
  it.each<[string, Step]>([
    ["a reset connection", "reset"],
    ["503", { status: 503 }],
  ])("is repeated after %s although it is a write", async (_, step) => {
    server = await scripted([step, step, ok]);
    const { http } = clientOf(server);
    expect((await http.request({ ...post, repeatable: true })).body).toEqual({ fine: true });
    expect(server.requests).toHaveLength(3);
  });

  it.each<[string, Step]>([
    ["a reset connection", "reset"],
    ["503", { status: 503 }],
    ["429", { status: 429 }],
    ["a redirect", { status: 302, headers: { location: "/elsewhere" } }],
  ])("is not repeated after %s although it is a read", async (_, step) => {
    server = await scripted([step, ok]);
    const { http } = clientOf(server);
    await expect(http.request({ ...get, once: true })).rejects.toThrow();
    await expect(http.request({ ...post, once: true })).resolves.toMatchObject({ status: 200 });
    expect(server.requests).toHaveLength(2);
  });
});
