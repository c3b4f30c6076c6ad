import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, inject, it } from "vitest";
import { isolatedEnv } from "../../scripts/engine";
import { schemaPath } from "../../scripts/generate/files";

it("Pulumi finds nothing wrong with the package schema", () => {
  const engine = inject("engine");
  const folder = mkdtempSync(join(tmpdir(), "openstack-snapshots-"));
  try {
    const printed = execFileSync(
      engine.pulumi,
      ["schema", "check", resolve(__dirname, "../..", schemaPath), "--color", "never"],
      { env: isolatedEnv(engine, folder), encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    );
    expect(printed.trim()).toBe("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
