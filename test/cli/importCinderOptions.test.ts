import { describe, expect, test } from "vitest";
import { importOptions } from "../../cli/import/options";
import { Run } from "./support/run";

describe("openstack-snapshots import --backend", () => {
  test("--help lists this backend's filters", async () => {
    const { code, stdout } = await new Run(["import", "--help", "--backend", "cinder"]).outcome();
    expect(code).toBe(0);
    expect(stdout).toContain("With the backend cinder, the cloud and the credentials come from clouds.yaml");
    expect(stdout).toMatch(/^ {2}--volume-id UUID +\S/m);
    expect(stdout).toMatch(/^ {2}--metadata KEY=VALUE +\S/m);
    expect(stdout).toMatch(/^ {2}--\[no-\]bootable +\S/m);
    expect(stdout).toMatch(/^ {2}--sort VALUE +\S/m);
    for (const option of ["--source-volume", "--detail", "--with-count"])
      expect(stdout).not.toContain(option);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
  });

  test("a backend that there is not exits 2 and says which there are", async () => {
    const { code, stderr } = await new Run(["import", "volumes", "--backend", "nova"]).outcome();
    expect(code).toBe(2);
    expect(stderr).toContain('--backend: invalid value "nova": expected waldur or cinder');
    expect(stderr).toContain("Usage: openstack-snapshots import");
  });
});

test.each([
  ["--source-volume x", "--source-volume"],
  ["--metadata gold", '--metadata: invalid value "gold": expected KEY=VALUE'],
  ["--metadata =gold", '--metadata: invalid value "=gold": expected KEY=VALUE'],
  ["--volume-id V", '--volume-id: invalid value "V": expected a uuid'],
  ["--limit many", '--limit: invalid value "many"'],
  ["--sort up:down", '--sort: invalid value "up:down": expected a name of a field and a direction'],
  ["--backend", "--backend"],
])("of Cinder's options, %s is refused", (line, why) => {
  expect(() => importOptions(["snapshots", "--backend", "cinder", ...line.split(" ")])).toThrow(why);
});

test("a value of metadata may hold an equals sign, or be empty", () => {
  const args = ["volumes", "--backend", "cinder", "--metadata", "query=a=b", "--metadata", "none="];
  expect(importOptions(args).filters).toEqual({ metadata: { query: "a=b", none: "" } });
});
