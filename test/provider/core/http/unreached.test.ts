import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { ConnectionError, isTransient } from "../../../../provider/core/errors";
import { HttpClient } from "../../../../provider/core/http/http";
import { undiciTransport } from "../../../../provider/core/http/transport";
import { certificate } from "../../../support/certificate";
import { scripted } from "../../../support/scriptedServer";
import { SkippingClock } from "../../../support/skippingClock";
import { failure } from "../../../support/virtualClock";

const advice = { address: "the setting authUrl", trust: "Set cacert." };

function clientOf(origin: string) {
  const clock = new SkippingClock();
  const transport = undiciTransport({});
  return {
    clock,
    http: new HttpClient({ origin, authorization: () => ({}), transport, clock, unreached: advice }),
  };
}

const get = { method: "GET", path: "/x" } as const;
const post = { method: "POST", path: "/x", body: {} } as const;

/** An origin where nothing listens. */
async function closedOrigin(): Promise<string> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

it.each([get, post])("a server that has never answered is no outage to wait for (%o)", async (request) => {
  const origin = await closedOrigin();
  const { http, clock } = clientOf(origin);
  const error = await failure(http.request(request), ConnectionError);
  expect(error.message).toBe(
    `${request.method} ${origin}/x: no answer: connect ECONNREFUSED ${origin.slice(7)}. ` +
      "Check the address and the network; the address comes from the setting authUrl.",
  );
  expect(error).toMatchObject({ sent: false, lasting: true, code: "ECONNREFUSED" });
  expect(isTransient(error)).toBe(false);
  expect(clock.pauses).toHaveLength(4);
});

it("a server that has answered before is waited for", async () => {
  const server = await scripted([{ status: 404, body: {} }]);
  const { http } = clientOf(server.origin);
  await failure(http.request(get), Error);
  await server.close();
  const error = await failure(http.request(get), ConnectionError);
  expect(error.message).not.toContain("Check the address");
  expect(isTransient(error)).toBe(true);
});

it("a certificate that is not trusted is told at once, with what helps", async () => {
  const server = await scripted([], { tls: certificate("self") });
  const { http, clock } = clientOf(server.origin);
  const error = await failure(http.request(get), ConnectionError);
  expect(error.message).toMatch(
    /: no answer: .*certificate.*\. The server's certificate is not trusted; the address comes from the setting authUrl\. Set cacert\.$/,
  );
  expect(error.lasting).toBe(true);
  expect(clock.pauses).toEqual([]);
  await server.close();
});
