import * as grpc from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** The engine's own log, which shows messages in the display of the run. */
export interface EngineLog {
  /** The passing state of a resource, on its own line of the display; leaves nothing behind. */
  status(urn: string, message: string): void;
  warn(urn: string, message: string): void;
  /** Resolves once the engine has every warning, or cannot be told: Pulumi may end the process after an answer. */
  settled(): Promise<void>;
}

/** So long an engine that does not answer is waited for, in milliseconds. */
const patienceMs = 5000;

/**
 * Connects to the engine's Log service.
 *
 * @param address host and port; without one, warnings go to standard error and the rest is dropped
 */
export function connectEngineLog(address: string | undefined): EngineLog {
  if (!address || !/^[\w.[\]:]+:\d+$/.test(address)) {
    return {
      status: () => undefined,
      warn: (_urn, message) => console.error(`warning: ${message}`),
      settled: async () => undefined,
    };
  }
  const client = new EngineClient(address, grpc.credentials.createInsecure());
  const underWay = new Set<Promise<void>>();
  const log = (severity: LogSeverity, urn: string, message: string, ephemeral: boolean) => {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setUrn(urn);
    request.setMessage(message);
    request.setEphemeral(ephemeral);
    const sent = new Promise<void>((resolve) => {
      // A message that does not arrive is no reason to fail what it tells about.
      client.log(request, new grpc.Metadata(), { deadline: Date.now() + patienceMs }, () => resolve());
    });
    if (ephemeral) return;
    underWay.add(sent);
    sent.then(() => underWay.delete(sent));
  };
  return {
    status: (urn, message) => log(LogSeverity.INFO, urn, message, true),
    warn: (urn, message) => log(LogSeverity.WARNING, urn, message, false),
    settled: async () => void (await Promise.all(underWay)),
  };
}
