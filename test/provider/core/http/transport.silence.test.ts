import { createServer as createWebServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { ConnectionError } from "../../../../provider/core/errors";
import { undiciTransport } from "../../../../provider/core/http/transport";
import { failure } from "../../../support/virtualClock";

// For the whole file: undici keeps one timer for all its time-outs.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterAll(() => {
  vi.useRealTimers();
});

let server: Server;
afterEach(() => {
  server.close();
});

async function listening(made: Server): Promise<string> {
  server = made;
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(made.address() as AddressInfo).port}`;
}

/** Lets time pass until a request has failed. */
async function ending(origin: string): Promise<{ error: ConnectionError; seconds: number }> {
  const error = failure(
    undiciTransport()({ origin, method: "POST", path: "/", headers: {} }),
    ConnectionError,
  );
  let over = false;
  error.finally(() => {
    over = true;
  });
  for (let seconds = 0; ; seconds++) {
    // Sockets have their own time: what they have to say comes before the next second.
    for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve));
    if (over) return { error: await error, seconds };
    if (seconds > 200) throw new Error("it never ended");
    await vi.advanceTimersByTimeAsync(1000);
  }
}

it("silence in the handshake is believed after ten seconds, and nothing was sent", async () => {
  const { error, seconds } = await ending(`https://${await listening(createServer())}`);
  expect(error.sent).toBe(false);
  expect(error.message).toMatch(/timeout/i);
  expect(seconds).toBeGreaterThanOrEqual(10);
  expect(seconds).toBeLessThanOrEqual(12);
});

it.each([
  ["instead of an answer", () => createWebServer()],
  ["in the middle of an answer", () => createWebServer((_, response) => response.write("{"))],
])("silence %s is believed after a minute, and it may have been carried out", async (_, make) => {
  const { error, seconds } = await ending(`http://${await listening(make())}`);
  expect(error.sent).toBe(true);
  expect(error.message).toMatch(/timeout/i);
  expect(seconds).toBeGreaterThanOrEqual(60);
  expect(seconds).toBeLessThanOrEqual(63);
});
