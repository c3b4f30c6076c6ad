import * as grpc from "@grpc/grpc-js";
import { EngineService, type IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { afterEach, expect, it } from "vitest";
import { connectEngineLog } from "../../../provider/fronts/engineLog";

let server: grpc.Server | undefined;
afterEach(() => server?.forceShutdown());

/** An engine that takes a message only when it is told to. */
async function engine(): Promise<{ address: string; heard: string[]; take(): void; asked: Promise<void> }> {
  const heard: string[] = [];
  let take: () => void = () => undefined;
  let ask: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const log: IEngineServer["log"] = (call, callback) => {
    take = () => {
      heard.push(call.request.getMessage());
      callback(null, new Empty());
    };
    ask();
  };
  server = new grpc.Server();
  server.addService(EngineService, { log } as unknown as grpc.UntypedServiceImplementation);
  const credentials = grpc.ServerCredentials.createInsecure();
  const port = await new Promise<number>((resolve, reject) =>
    server?.bindAsync("127.0.0.1:0", credentials, (error, bound) => (error ? reject(error) : resolve(bound))),
  );
  return { address: `127.0.0.1:${port}`, heard, take: () => take(), asked };
}

it("a warning has reached the engine when it is settled, so that no end of the process loses it", async () => {
  const { address, heard, take, asked } = await engine();
  const log = connectEngineLog(address);
  log.warn("urn:pulumi:test::p::t::n", "LOST");
  let settled = false;
  const waiting = log.settled().then(() => (settled = true));
  await asked;
  expect(settled).toBe(false);
  take();
  await waiting;
  expect(heard).toEqual(["LOST"]);
});

it("an engine that is gone keeps nobody waiting", async () => {
  const { address } = await engine();
  server?.forceShutdown();
  const log = connectEngineLog(address);
  log.warn("urn:pulumi:test::p::t::n", "LOST");
  await expect(log.settled()).resolves.toBeUndefined();
});

it("where there is no engine, nothing has to be waited for", async () => {
  await expect(connectEngineLog(undefined).settled()).resolves.toBeUndefined();
});
