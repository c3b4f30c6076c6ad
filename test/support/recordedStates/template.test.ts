import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Deployment, folder } from "./deployment";
import { type Documents, filledDeployment } from "./fill";
import { printOf } from "./prints";
import { templateOf } from "./record/template";

const [volume, snapshot, project] = ["0", "1", "2"].map((digit) => digit.repeat(32));
const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: '"secret"',
};

/** A state as a server's documents have it. */
function stateOf({
  data,
  nightly,
  ids,
}: Record<"data" | "nightly" | "ids", Record<string, string>>): Deployment {
  const inputs = { sourceVolume: data.url, project: ids.project, name: "nightly", description: secret };
  const declared = { ...inputs, description: "secret" };
  return {
    version: 3,
    deployment: {
      resources: [
        {
          urn: "urn:pulumi:test::scenario::openstack-snapshots:waldur:Snapshot::nightly",
          type: "openstack-snapshots:waldur:Snapshot",
          id: nightly.uuid ?? "",
          inputs: { ...inputs, forPolicies: { declared: printOf(declared) } },
          outputs: {
            __applied: { sourceVolume: printOf(data.url), name: printOf("nightly"), "metadata.class": "" },
            created: `${nightly.created_at}Z`,
            keptUntil: "2126-01-31T00:00:00Z",
            volumes: [`of ${data.uuid}`],
          },
        },
      ],
    },
  };
}

const here = {
  ids: { project: project ?? "" },
  data: { uuid: volume ?? "", url: `http://127.0.0.1:1/api/volumes/${volume}/` },
  nightly: { uuid: snapshot ?? "", created_at: "2026-01-01T00:00:00.000001" },
};
const elsewhere = {
  ids: { project: "3".repeat(32) },
  data: { uuid: "4".repeat(32), url: `http://127.0.0.1:2/api/volumes/${"4".repeat(32)}/` },
  nightly: { uuid: "5".repeat(32), created_at: "2027-02-02T00:00:00.000002" },
};

describe("a recorded state", () => {
  it("is filled with what another server shows, prints of it among that", () => {
    const template = templateOf(stateOf(here), here, ["ids"], []);
    for (const text of [volume, snapshot, project, "127.0.0.1", "2026"])
      expect(JSON.stringify(template)).not.toContain(text);
    expect(filledDeployment(template, here)).toEqual(stateOf(here));
    expect(filledDeployment(template, elsewhere)).toEqual(stateOf(elsewhere));
  });

  it("of which something is not on the server is an error", () => {
    const template = templateOf(stateOf(here), here, ["ids"], []);
    const { nightly: _, ...others }: Documents = elsewhere;
    expect(() => filledDeployment(template, others)).toThrow("nothing to put in for {{nightly/uuid}}");
  });

  it("holds no address and no path of the machine that it was recorded on", () => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".json"),
    );
    expect(files.length).toBeGreaterThan(8);
    for (const name of files) {
      const text = readFileSync(join(folder, name), "utf8");
      expect(
        text.match(/https?:\/\/[^{"]+|project:\/\/\/[^"]*|"\/(?!dev\/)[a-z]+\/[^"]*/g) ?? [],
        name,
      ).toEqual([]);
    }
  });
});
