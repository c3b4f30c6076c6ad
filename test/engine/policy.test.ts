import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RetentionPackConfig } from "../../policy/index";
import { routes, scenario, snapshot, volume } from "./support/scenario";
import { repository } from "./support/stack";

/** The pack as it comes with the package. */
const pack = join(repository, "policy");
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-policy-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file with the configuration of the pack; what it does not name is off. */
function configured(name: string, config: RetentionPackConfig): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ all: "disabled", ...config }));
  return file;
}

/** `pulumi up` as a user runs it, with its preview. @returns what it printed; it has to fail */
async function stopped(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => expect.unreachable("the policy pack was to stop it"),
    (error: Error) => error.message,
  );
}

const writes = (requests: readonly { method: string }[]) => requests.filter(({ method }) => method !== "GET");
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe("the policy pack", () => {
  it("probe", () =>
    scenario({}, async ({ waldur, stack }) => {
      stack.declare([
        volume(waldur, { type: "ssd" }),
        snapshot(waldur, { sourceVolume: "@data.id", keptUntil: inDays(-5 / 24 / 60), forceDelete: true }),
        snapshot(waldur, { keptUntil: inDays(10), metadata: { "legal-hold": "case 42" } }, "held"),
      ]);
      const file = configured("mandatory", {
        all: "mandatory",
        "kept-until-not-past": { skewMinutes: 0 },
        "protect-in-production": { stacks: ["te*"] },
        "encrypted-type": { types: ["luks"] },
        "required-metadata": { keys: ["owner"] },
      });
      const text = await stopped(
        stack.pulumi("up", "--yes", "--policy-pack", pack, "--policy-pack-config", file),
      );
      console.log(text);
      expect(writes(waldur.requests)).toEqual([]);
      const up = await stack.pulumi("preview", "--policy-pack", pack);
      console.log(up);
    }));
});
