import { expect } from "vitest";
import type { accessGuesses } from "../../../../emulator/trilio/guesses/access";
import type { TrilioBench } from "../support/bench";
import { type Flip, flip } from "./flip";

async function service(bench: TrilioBench): Promise<{ type: string; name: string }> {
  const { OS_USERNAME: name, OS_PASSWORD: password } = bench.emulator.env();
  const answer = await bench.call("POST", `${bench.emulator.authUrl}/auth/tokens`, {
    auth: {
      identity: {
        methods: ["password"],
        password: { user: { name: name ?? "", password: password ?? "", domain: { id: "default" } } },
      },
      scope: { project: { id: bench.emulator.ids.project } },
    },
  });
  return answer.body.token.catalog.find(({ type }: { type: string }) => type !== "identity");
}

const missing = async (bench: TrilioBench) => bench.get("/restores/missing");
const message = "Restore missing could not be found.";

/** A seeded restore's path, nested or not. */
function finished(bench: TrilioBench, nested: boolean): string {
  const { ids } = bench.emulator;
  const above = `/workloads/${ids.workloads.web}/snapshots/${ids.snapshots["API taken 2"]}`;
  return `${nested ? above : ""}/restores/${ids.restores.finished}`;
}

async function statuses(bench: TrilioBench, ...headers: Record<string, string>[]): Promise<number[]> {
  const answers = await Promise.all(headers.map((given) => bench.get("/restores", { headers: given })));
  return answers.map(({ status }) => status);
}

/** Guesses on addresses, headers, tokens and refusals. */
export const accessFlips: Record<keyof typeof accessGuesses, Flip> = {
  catalogType: flip(
    async (bench) => (await service(bench)).type,
    ["workloads", "workloads"],
    ["workloadmgr", "workloadmgr"],
  ),
  catalogName: flip(
    async (bench) => (await service(bench)).name,
    ["TrilioVaultWLM", "TrilioVaultWLM"],
    ["dmapi", "dmapi"],
  ),
  projectHeader: flip(
    (bench) => {
      const given = (id: string) => ({ "X-Auth-Project-Id": id });
      return statuses(bench, {}, given("demo"), given(bench.emulator.ids.project));
    },
    ["optional", [200, 200, 200]],
    ["required", [400, 200, 200]],
    ["id", [400, 400, 200]],
  ),
  userAgent: flip(
    (bench) => statuses(bench, {}, { "User-Agent": "python-workloadmgrclient" }),
    ["any", [200, 200]],
    ["client", [400, 200]],
  ),
  projectMismatchStatus: flip(
    async (bench) => {
      const { url, ids } = bench.emulator;
      return (await bench.get(`${url.replace(ids.project, ids.otherProject)}/restores`)).status;
    },
    [403, 403],
    [400, 400],
    [404, 404],
  ),
  unknownQuery: flip(
    async (bench) => (await bench.get("/restores?limit=1")).status,
    ["ignored", 200],
    ["refused", 400],
  ),
  nestedPathWorkload: flip(
    async (bench) => {
      const { ids } = bench.emulator;
      const wrong = `/workloads/${ids.workloads.databases}/snapshots/${ids.snapshots["API taken 2"]}`;
      return [
        (await bench.get(wrong)).status,
        (await bench.get(`${wrong}/restores/${ids.restores.failed}`)).status,
      ];
    },
    ["checked", [404, 404]],
    ["ignored", [200, 200]],
  ),
  nestedShow: flip(
    async (bench) => "workload_id" in (await bench.get(finished(bench, true))).body.restore,
    ["show", true],
    ["detail", false],
  ),
  deleteStatus: flip(
    async (bench) => (await bench.call("DELETE", finished(bench, false))).status,
    [200, 200],
    [202, 202],
    [204, 204],
  ),
  nestedDeleteStatus: flip(
    async (bench) => (await bench.call("DELETE", finished(bench, true))).status,
    [202, 202],
    [200, 200],
    [204, 204],
  ),
  errorEnvelope: flip(
    async (bench) => {
      const { body, text } = await missing(bench);
      return body ?? text;
    },
    ["nova", { itemNotFound: { code: 404, message } }],
    ["error", { error: { code: 404, title: "itemNotFound", message } }],
    ["message", { message }],
    ["text", message],
    ["html", expect.stringContaining(`<h1>${message}</h1>`)],
  ),
  unauthorizedBody: flip(
    async (bench) => {
      const { status, body, text, headers } = await bench.get("/restores", { token: null });
      return [status, headers.get("www-authenticate")?.startsWith("Keystone uri="), body ?? text];
    },
    [
      "keystone",
      [
        401,
        true,
        {
          error: {
            code: 401,
            title: "Unauthorized",
            message: "The request you have made requires authentication.",
          },
        },
      ],
    ],
    ["text", [401, true, "Authentication required"]],
    ["empty", [401, true, ""]],
  ),
  requestIdOnErrors: flip(
    async (bench) => (await missing(bench)).headers.has("x-compute-request-id"),
    [true, true],
    [false, false],
  ),
  policyStatus: flip(
    async (bench) => {
      const created = await bench.restore();
      bench.clock.advanceSeconds(600);
      const refused = await bench.restore(undefined, undefined, { person: "reader" });
      return [refused.status, (await bench.delete(created, { person: "reader" })).status];
    },
    [403, [403, 403]],
    [401, [401, 401]],
    [404, [404, 404]],
  ),
  readerMayCancel: flip(
    async (bench) => (await bench.cancel(await bench.restore(), { person: "reader" })).status,
    [false, 403],
    [true, 200],
  ),
  badBodyStatus: flip(async (bench) => (await bench.restore({})).status, [400, 400], [422, 422]),
  badStateStatus: flip(
    async (bench) => (await bench.delete(await bench.restore())).status,
    [400, 400],
    [409, 409],
  ),
};
