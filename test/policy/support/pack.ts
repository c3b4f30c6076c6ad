import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as wire from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { vi } from "vitest";
import { RetentionPack, type RetentionPackConfig } from "../../../policy/index";
import { rules } from "../../../policy/rules";
import type { Clock } from "../../../provider/core/clock";
import { defined, unknownValue } from "../../../provider/core/values";

export { unknownValue as unknown };

/** What the rules take for the time in these tests. */
const now = Date.parse("2027-03-01T12:00:00Z");
/** An instant so many days from then, ISO 8601. */
export const daysFrom = (days: number) => new Date(now + days * 86_400_000).toISOString();

/** A resource as a test describes it to a rule. */
export interface Resource {
  /** Module and name, e.g. `waldur:Snapshot`, or Pulumi's type where it has three parts. */
  type: string;
  name?: string;
  props?: Record<string, unknown>;
  protect?: boolean;
  /** `customTimeouts.create`, in seconds. */
  createSeconds?: number;
  /** Names of the resources that a property comes from. */
  from?: Record<string, string[]>;
}

/** What a rule said, in the parts that matter to a user. */
export interface Said {
  level: "advisory" | "mandatory";
  message: string;
  /** Name of the resource; absent: the one that was asked about, or the stack. */
  on?: string;
}

type Front = "dynamic" | "plugin";
type Config = { enforcementLevel?: string } & Record<string, unknown>;

let client: Promise<AnalyzerClient> | undefined;

/** The pack on Pulumi's own policy server, which a process can have one of. */
async function served(config?: RetentionPackConfig): Promise<AnalyzerClient> {
  client ??= (async () => {
    let port: string | undefined;
    const log = vi.spyOn(console, "log").mockImplementation((line) => {
      port = line;
    });
    const clock: Clock = {
      now: () => now,
      sleep: async () => undefined,
      alarm: () => () => undefined,
      random: () => 0,
    };
    new RetentionPack("test", config, { clock });
    await vi.waitUntil(() => port !== undefined, { timeout: 20_000 });
    log.mockRestore();
    return new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
  })();
  return client;
}

/** What the pack tells the engine about itself. */
export async function info(config: RetentionPackConfig): Promise<wire.AnalyzerInfo> {
  const { Empty } = await import("google-protobuf/google/protobuf/empty_pb.js");
  const server = await served(config);
  return call((done) => server.getAnalyzerInfo(new Empty(), done));
}

/** Asks one rule about the declaration of a resource. The other rules are off. */
export async function ask(
  rule: string,
  resource: Resource,
  { front = "dynamic", config = {} }: { front?: Front; config?: Config } = {},
): Promise<Said[]> {
  const server = await configured(rule, config);
  return said(await call((done) => server.analyze(request(resource, front), done)));
}

/** Asks one rule about a whole stack. */
export async function askStack(
  rule: string,
  resources: readonly Resource[],
  { front = "dynamic", config = {} }: { front?: Front; config?: Config } = {},
): Promise<Said[]> {
  const server = await configured(rule, config);
  const all = new wire.AnalyzeStackRequest();
  all.setResourcesList(
    resources.map((resource) => {
      const { type, name, options, properties } = parts(resource, front);
      const one = new wire.AnalyzerResource();
      one.setType(type);
      one.setName(name);
      one.setUrn(urn(type, name));
      one.setOptions(options);
      one.setProperties(properties);
      for (const [property, names] of Object.entries(resource.from ?? {})) {
        const dependencies = new wire.AnalyzerPropertyDependencies();
        const urns = names.map((each) => urnOf(each, resources, front));
        dependencies.setUrnsList(urns);
        one.getPropertydependenciesMap().set(property, dependencies);
      }
      return one;
    }),
  );
  return said(await call((done) => server.analyzeStack(all, done)));
}

/** Lets a rule put a resource right. @returns its properties as they are then, or the rule's note */
export async function remedied(
  rule: string,
  resource: Resource,
  { front = "dynamic", config = {} }: { front?: Front; config?: Config } = {},
): Promise<{ properties?: unknown; note?: string }[]> {
  const server = await configured(rule, { enforcementLevel: "remediate", ...config });
  const response = await call<wire.RemediateResponse>((done) =>
    server.remediate(request(resource, front), done),
  );
  return response.getRemediationsList().map((each) => ({
    properties: each.getProperties()?.toJavaScript(),
    note: each.getDiagnostic(),
  }));
}

async function configured(rule: string, config: Config): Promise<AnalyzerClient> {
  const server = await served();
  const { enforcementLevel = rules[rule as keyof typeof rules].level, ...options } = config;
  const request = new wire.ConfigureAnalyzerRequest();
  for (const name of Object.keys(rules)) {
    const one = new wire.PolicyConfig();
    const level = name === rule ? enforcementLevel.toUpperCase() : "DISABLED";
    one.setEnforcementlevel(wire.EnforcementLevel[level as keyof typeof wire.EnforcementLevel]);
    one.setProperties(Struct.fromJavaScript((name === rule ? options : {}) as never));
    request.getPolicyconfigMap().set(name, one);
  }
  await call((done) => server.configure(request, done));
  return server;
}

function request(resource: Resource, front: Front): wire.AnalyzeRequest {
  const { type, name, options, properties } = parts(resource, front);
  return new wire.AnalyzeRequest()
    .setType(type)
    .setName(name)
    .setUrn(urn(type, name))
    .setOptions(options)
    .setProperties(properties);
}

function parts(resource: Resource, front: Front) {
  const { name = "nightly", props = {}, protect = false, createSeconds } = resource;
  const options = new wire.AnalyzerResourceOptions().setProtect(protect);
  if (createSeconds !== undefined) {
    options.setCustomtimeouts(new wire.AnalyzerResourceOptions.CustomTimeouts().setCreate(createSeconds));
  }
  return {
    type: tokenOf(resource.type, front),
    name,
    options,
    properties: Struct.fromJavaScript(defined(props) as never),
  };
}

function tokenOf(type: string, front: Front): string {
  if (type.split(":").length > 2) return type;
  return front === "plugin"
    ? `openstack-snapshots:${type}`
    : `pulumi-nodejs:dynamic/openstack-snapshots/${type}`;
}

const urn = (type: string, name: string) => `urn:pulumi:prod-eu::site::${type}::${name}`;

function urnOf(name: string, resources: readonly Resource[], front: Front): string {
  const found = resources.find((each) => each.name === name);
  if (!found) throw new Error(`the test describes no ${name}`);
  return urn(tokenOf(found.type, front), name);
}

function said(response: wire.AnalyzeResponse): Said[] {
  return response.getDiagnosticsList().map((each) => ({
    level: each.getEnforcementlevel() === wire.EnforcementLevel.MANDATORY ? "mandatory" : "advisory",
    message: each.getMessage(),
    ...(each.getUrn() ? { on: each.getUrn().split("::").at(-1) } : {}),
  }));
}

function call<Response>(
  run: (done: (error: Error | null, response: Response) => void) => unknown,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    run((error, response) => (error ? reject(error) : resolve(response)));
  });
}
