import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { clockWorlds } from "./support/clockWorlds";

const meaning = /no retention is promised/;

it.each([
  "README.md",
  "docs/retention.md",
  "sdk/waldur/types.ts",
  "sdk/cinder/types.ts",
  "provider/fronts/plugin/schema.json",
  "policy/retention.ts",
])("%s says that without keptUntil no retention is promised, and never that it is kept for ever", (file) => {
  const text = readFileSync(join(__dirname, "../..", file), "utf8");
  expect(text).toMatch(meaning);
  expect(text).not.toMatch(/kept (for ever|forever)/);
});

it.each(clockWorlds)(
  "in %s a destroy deletes a snapshot without keptUntil, and in governance it stays for good",
  async (_name, open) => {
    const world = await open();
    try {
      await world.delete(await world.take());
      expect(world.deletions()).toBe(1);
      const forGood = await world.take({ name: "for good", retentionMode: "governance" });
      await world.pass(1000 * 86_400_000);
      await expect(world.delete(forGood)).rejects.toThrow("is kept for good, so it is not deleted before");
      expect(world.deletions()).toBe(1);
    } finally {
      await world.close();
    }
  },
);
