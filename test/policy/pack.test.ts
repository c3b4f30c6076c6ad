import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as wire from "@pulumi/pulumi/proto/analyzer_pb";
import { describe, expect, expectTypeOf, it } from "vitest";
import { RetentionPack, type RetentionPackConfig } from "../../policy/index";
import { rules } from "../../policy/rules";
import { ask, daysFrom, info } from "./support/pack";

const root = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

describe("the configuration of the pack", () => {
  it("has a type", () => {
    expectTypeOf<{
      all: "mandatory";
      "minimum-retention": { days: number };
    }>().toExtend<RetentionPackConfig>();
    expectTypeOf<{ "minimum-retention": { days: string } }>().not.toExtend<RetentionPackConfig>();
    expectTypeOf<{ "legal-hold": "loud" }>().not.toExtend<RetentionPackConfig>();
  });

  it("is refused before anything runs, everything that is wrong at once", () => {
    const wrong = {
      all: { days: 3 },
      "minimum-retention": { days: -1, day: 3 },
      "legal-hold": "loud",
      "kept-untill": "mandatory",
      "encrypted-type": { enforcementLevel: "mandatory", types: "luks" },
    };
    const make = () => new RetentionPack("acme", wrong as unknown as RetentionPackConfig);
    for (const part of [
      "configuration of the policy pack: all: expected a level and nothing else",
      "options of minimum-retention: ",
      "days: invalid value -1: ",
      "day: no option of it; it has days, classKey, classes, exemptNames, exemptMetadata",
      'level of legal-hold: invalid value "loud": expected "advisory", "mandatory", "remediate" or "disabled"',
      '"kept-untill" is no rule; there are all, kept-until-required, ',
      'options of encrypted-type: types: invalid value "luks": ',
    ]) {
      expect(make).toThrow(part);
    }
  });

  it("goes to the engine, with a schema of each rule's options", async () => {
    const told = await info({
      all: "mandatory",
      "minimum-retention": { days: 35 },
      "stale-snapshot": "disabled",
    });
    expect(told.getPoliciesList().map((each) => each.getName())).toEqual(Object.keys(rules));
    const minimum = told.getPoliciesList().find((each) => each.getName() === "minimum-retention");
    expect(minimum?.getConfigschema()?.getProperties()?.toJavaScript()).toMatchObject({
      days: { type: "number", exclusiveMinimum: 0, default: 30, description: expect.any(String) },
      classes: { type: "object", default: {} },
      exemptNames: { type: "array", items: { type: "string" } },
    });
    const initial = told.getInitialconfigMap();
    expect(initial.get("all")?.getEnforcementlevel()).toBe(wire.EnforcementLevel.MANDATORY);
    expect(initial.get("minimum-retention")?.getProperties()?.toJavaScript()).toEqual({ days: 35 });
    expect(initial.get("stale-snapshot")?.getEnforcementlevel()).toBe(wire.EnforcementLevel.DISABLED);
  });

  it("is checked by the rule too, since a schema lets a misspelt option pass", async () => {
    const snapshot = { type: "waldur:Snapshot", props: { keptUntil: daysFrom(1) } };
    await expect(ask("minimum-retention", snapshot, { config: { dayz: 3 } })).rejects.toThrow(
      "options of minimum-retention: dayz: no option of it; it has days,",
    );
    // Whatever the resource is: nobody has to wait for a snapshot to be told.
    const other = { type: "pulumi:pulumi:Stack", name: "site" };
    await expect(ask("no-plain-http", other, { config: { hosts: "all" } })).rejects.toThrow(
      'options of no-plain-http: hosts: invalid value "all"',
    );
  });
});

describe("the documents of the pack", () => {
  it("have a row for each rule, with its level and its options", () => {
    const table = read("policy/README.md");
    for (const { name, level, options } of Object.values(rules)) {
      const row = table.split("\n").find((line) => line.startsWith(`| \`${name}\` `));
      expect(row, name).toMatch(new RegExp(`\\| ${level} \\|$`));
      const own = Object.keys(options.shape).filter((option) => !option.startsWith("exempt"));
      for (const option of own) expect(row, `${name}: ${option}`).toContain(`\`${option}\``);
    }
  });

  it("name the version of the package", () => {
    expect(JSON.parse(read("policy/package.json")).version).toBe(JSON.parse(read("package.json")).version);
  });

  it("go with the package, all that the pack's folder needs", () => {
    const { files } = JSON.parse(read("package.json"));
    expect(files).toEqual(
      expect.arrayContaining(
        ["PulumiPolicy.yaml", "main.js", "package.json"].map((file) => `policy/${file}`),
      ),
    );
  });
});
