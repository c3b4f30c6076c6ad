import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ShiftedClock, startTrilio } from "../../emulator";
import type { RetentionPackConfig } from "../../policy/index";
import { restoration, routes, scenario, snapshot, volume } from "./support/scenario";
import { everyFront, front, repository, Stack } from "./support/stack";

/** The pack as it comes with the package. */
const pack = join(repository, "policy");
const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-policy-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file with the configuration of the pack; rules that it does not name are off. */
function configured(name: string, config: RetentionPackConfig | Record<string, unknown>): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ all: "disabled", ...config }));
  return file;
}

/** The pack with a configuration. */
const withPack = (config: string) => ({ policyPacks: [pack], policyPackConfigs: [config] });

/** What `pulumi up` prints that the pack has to stop; it has its preview here, as with a user. */
async function stopped(stack: Stack, config: string): Promise<string> {
  return stack.pulumi("up", "--yes", "--policy-pack", pack, "--policy-pack-config", config).then(
    (text) => expect.unreachable(`the policy pack was to stop it:\n${text}`),
    (error: Error) => error.message,
  );
}

const timeout = 300_000;
const mandatory = "mandatory";
const writes = (requests: readonly { method: string }[]) => requests.filter(({ method }) => method !== "GET");

describe("a mandatory rule", () => {
  it("stops an update before anything is written", { timeout }, () =>
    scenario({}, async ({ waldur, stack }) => {
      const old = {
        keptUntil: inDays(-5 / 24 / 60),
        forceDelete: true,
        metadata: { "legal-hold": "case 42" },
      };
      stack.declare([
        volume(waldur, { volumeType: "ssd", size: 200 * 1024 }),
        snapshot(waldur, { volumeId: "@data.id", ...old }),
        snapshot(waldur, { volumeId: "@data.id", retainFor: "P10D" }, "short"),
        snapshot(waldur, { volumeId: "@data.id", retainFor: "P10D" }, "exempt"),
        restoration(waldur),
      ]);
      const text = await stopped(
        stack,
        configured("resources", {
          "no-plain-http": { enforcementLevel: mandatory, hosts: [] },
          "kept-until-not-past": { enforcementLevel: mandatory, skewMinutes: 0 },
          "minimum-retention": { enforcementLevel: mandatory, days: 35, exemptNames: ["exempt"] },
          "retention-not-shortened": { enforcementLevel: mandatory, exemptNames: ["exempt"] },
          "delete-guard-on": mandatory,
          "legal-hold": mandatory,
          "protect-in-production": { enforcementLevel: mandatory, stacks: ["te*"], kinds: ["Volume"] },
          "encrypted-type": { enforcementLevel: mandatory, types: ["luks"] },
          "required-metadata": { enforcementLevel: "advisory", keys: ["owner"] },
        }),
      );
      for (const said of [
        /\[mandatory\] +no-plain-http +\(pulumi:pulumi:Stack: scenario-test\)/,
        /the configuration: found waldurApiUrl at http:\/\/127\.0\.0\.1:\d+; wanted https/,
        /\[mandatory\] +kept-until-not-past/,
        /"nightly": found keptUntil \S+Z; wanted an instant after \S+Z, when it was declared/,
        /"short": found retainFor P10D, which is 10 days; wanted at least 35 days/,
        /"nightly": found retentionMode "none"; wanted "governance"/,
        /"nightly": found forceDelete: true in the stack "test"/,
        /"nightly": found legal-hold "case 42" without protect and retainOnDelete/,
        /"data": found no protection in the stack "test"/,
        /"data": found the volume type "ssd"; wanted one of luks/,
        /\[advisory\] +required-metadata/,
        /"short": found no owner in its metadata/,
        /preview failed/,
      ]) {
        expect(text).toMatch(said);
      }
      expect(text).not.toMatch(/"exempt": found (retainFor|retentionMode)/);

      const rules = configured("stack", {
        "timeouts-set": mandatory,
        "chain-limit": { enforcementLevel: mandatory, snapshots: 2 },
      });
      const whole = await stack.previewFails(withPack(rules));
      expect(whole).toMatch(/"data": found 30 minutes for 200 GiB, .* wanted at least 60 minutes/);
      expect(whole).toMatch(/"data": found 3 snapshots of the volume "data": .*; wanted at most 2/);
      expect(writes(waldur.requests)).toEqual([]);
      expect(stack.resources()).toEqual({});
    }),
  );

  // Policies tell it by its module, which both fronts name alike, so one front shows it.
  it.runIf(front === "dynamic" || everyFront)(
    "knows what overwrites live data, and lets go what is approved",
    { timeout },
    async () => {
      const trilio = await startTrilio();
      const stack = await Stack.create({
        config: { blockStorageEndpoint: `${trilio.url}/v3/demo` },
        env: trilio.env(),
      });
      try {
        const snapshotId = "0f2a1cb0-7e0b-4b6f-9d4e-2f6f0a7f3c11";
        const revert = {
          type: "cinder:SnapshotRestoration",
          name: "back",
          args: { snapshotId, mode: "revert", confirmRevert: true },
        } as const;
        const inPlace = {
          type: "trilio:SnapshotRestoration",
          name: "vm",
          args: {
            snapshot: snapshotId,
            kind: "in-place",
            confirmOverwrite: true,
            description: "the database",
            options: { instances: [{ id: snapshotId, restoreBootDisk: true }] },
          },
        } as const;
        const args = { size: 1, volumeType: "ssd" };
        const config = configured("overwrite", {
          "overwrite-approved": mandatory,
          "encrypted-type": { enforcementLevel: mandatory, types: ["luks"] },
        });
        stack.declare([revert, inPlace, { type: "cinder:Volume", name: "plain", args }]);
        const text = await stack.previewFails(withPack(config));
        expect(text).toContain(
          'cinder:SnapshotRestoration "back": found mode "revert", which overwrites live data',
        );
        expect(text).toContain(
          'trilio:SnapshotRestoration "vm": found kind "in-place", which overwrites live data',
        );
        expect(text).toContain('cinder:Volume "plain": found the volume type "ssd"; wanted one of luks');

        stack.declare([
          { ...revert, opts: { protect: true } },
          { ...inPlace, args: { ...inPlace.args, description: "the database, approval=CHG-1234" } },
          { type: "cinder:Volume", name: "plain", args: { ...args, volumeType: "luks" } },
        ]);
        await stack.preview(withPack(config));
      } finally {
        stack.dispose();
        await trilio.close();
      }
    },
  );
});

// It has nothing to do with resources.
describe.runIf(front === "plugin" || everyFront)("configuration of the pack that is wrong", () => {
  it("fails clearly, whether a schema finds it or the rule", { timeout }, () =>
    scenario({}, async ({ waldur, stack }) => {
      stack.declare([snapshot(waldur)]);
      const wrong = configured("wrong", {
        "minimum-retention": { enforcementLevel: mandatory, days: "many" },
      });
      expect(await stack.previewFails(withPack(wrong))).toMatch(/minimum-retention.*\n?.*days/);
      const misspelt = configured("misspelt", {
        "legal-hold": { enforcementLevel: mandatory, keys: "hold" },
      });
      expect(await stack.previewFails(withPack(misspelt))).toContain(
        "options of legal-hold: keys: no option of it; it has key, exemptNames, exemptMetadata",
      );
    }),
  );
});

describe("the pack in an update that it lets pass", () => {
  it("shows advice on the stack, fills in metadata, and is no reason for a change later", { timeout }, () => {
    // The server lives a hundred days ago, so what it makes is old.
    const clock = new ShiftedClock(-100 * day);
    return scenario({ clock, periodic: false }, async ({ waldur, stack, sent }) => {
      const own = { volumeId: "@data.id", retainFor: "P200D" };
      const hold = { protect: true, retainOnDelete: true };
      stack.declare([
        volume(waldur, { description: "recovery-point-hours=24" }),
        snapshot(waldur, { ...own, metadata: { class: "gold" } }),
        { ...snapshot(waldur, { ...own, metadata: { "legal-hold": "case 42" } }, "held"), opts: hold },
        snapshot(waldur, { keptUntil: inDays(4) }, "outside"),
        restoration(waldur, { snapshotId: "@nightly.id" }),
      ]);
      const policies = withPack(
        configured("advice", {
          "expiring-soon": "advisory",
          "stale-snapshot": { enforcementLevel: "advisory", days: 90 },
          "orphan-snapshot": "advisory",
          "volume-covered": "advisory",
          "chain-limit": { enforcementLevel: "advisory", snapshots: 1 },
          "restore-tested": "advisory",
          "timeouts-set": { enforcementLevel: "advisory", secondsPerGiB: 300 },
          "required-metadata": { enforcementLevel: "remediate", defaults: { class: "bronze" } },
          "minimum-retention": { enforcementLevel: mandatory, days: 3, classes: { gold: 200 } },
          "legal-hold": mandatory,
          "no-plain-http": mandatory,
        }),
      );
      const { text } = await stack.up(policies);
      for (const said of [
        /"outside": found keptUntil \S+Z: its retention ends in \S+ days?; wanted at least 7 days more/,
        /"nightly": found taken \S+Z, 100 days ago; wanted at most 90 days/,
        /"outside": found the source volume \S+, which is not in the stack/,
        /"data": found the latest snapshot of \S+Z; wanted one of the last 24 hours/,
        /"data": found 2 snapshots of the volume "data": (nightly, held|held, nightly); wanted at most 1/,
        /the stack: found the latest restoration of \S+Z; wanted one of the last 90 days/,
        /"data": found 30 minutes for 10 GiB, by default; wanted at least 50 minutes/,
      ]) {
        expect(text).toMatch(said);
      }
      expect(text).not.toContain("[mandatory]");
      const metadata = sent(routes.snapshot).map((body) => (body as { metadata: object }).metadata);
      expect(metadata).toHaveLength(3);
      expect(metadata).toContainEqual(expect.objectContaining({ class: "gold" }));
      expect(metadata).toContainEqual(expect.objectContaining({ class: "bronze", "legal-hold": "case 42" }));

      const before = stack.resources();
      waldur.resetRequests();
      const again = await stack.up(policies);
      expect(again.changes).toEqual({ same: 6 });
      expect(writes(waldur.requests)).toEqual([]);
      // What policies need to know is noted once.
      expect(before.nightly?.inputs.forPolicies).toMatchObject({ declaredAt: expect.any(String) });
      expect(before.held?.inputs.forPolicies).toMatchObject({ retainOnDelete: true });
      for (const [name, { inputs }] of Object.entries(stack.resources())) {
        expect(inputs.forPolicies).toEqual(before[name]?.inputs.forPolicies);
      }
    });
  });
});
