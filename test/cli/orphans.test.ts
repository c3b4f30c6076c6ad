import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fronts } from "../fronts/contract/support/codec";
import { killedUp } from "../fronts/contract/support/killed";
import { Scene } from "../fronts/contract/support/scene";
import { marked, OrphansRun } from "./support/orphans";

const all = fronts.flatMap((front) => marked.map((kind) => ({ front, kind, type: kind.type })));

let scene: Scene;
let orphans: OrphansRun;
afterEach(async () => {
  orphans.dispose();
  await scene.close();
});

/** Names as users most often have them: none given. */
const args = () => scene.args({ name: undefined });

describe.each(all)("orphans of a $type, made through the $front front", ({ front, kind, type }) => {
  beforeEach(async () => {
    scene = await Scene.open(kind, front);
    orphans = new OrphansRun(scene);
  });

  it("are none where the state holds it", async () => {
    const stack = await scene.made(args());
    const { code, stdout, stderr } = await orphans.run(orphans.state(stack.exported()));
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "No orphans: nothing is left over.\n",
      stderr: "",
    });
  });

  it("are one where it was taken out of the state, with the lines that adopt and remove it", async () => {
    await scene.made(args());
    const { code, stdout, stderr } = await orphans.run(orphans.state());
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/^NAME +ID +KIND +CREATED +SIZE +STATE +KEPT UNTIL +MODE +FOR$/m);
    const [one, ...more] = await orphans.listed(orphans.state());
    expect(more).toEqual([]);
    expect(one).toMatchObject({ stack: "test", resource: { type, name: "drill", inState: false } });
    expect(stdout).toMatch(new RegExp(`^drill-[0-9a-f]{7} +${one?.id} .* drill$`, "m"));
    const [name] = type.split(":");
    const backend = name === "waldur" ? "" : ` --backend ${name}`;
    const line = `openstack-snapshots orphans${backend} --state -`;
    expect(stdout).toContain(`    ${line} --adopt ${one?.id}\n    ${line} --remove ${one?.id}\n`);
  });

  it("are one that a killed run left, which a removal of all leaves to the next up", async () => {
    const first = await scene.run();
    await killedUp(scene, first, args());
    const state = orphans.state(first.exported());
    const [one, ...more] = await orphans.listed(state);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ stack: "test", resource: { type, name: "drill", inState: true } });
    expect(one?.notes.join()).toContain('the next "pulumi up" adopts it');
    const { code, stdout } = await orphans.run(state, "--remove", "--yes");
    expect(code).toBe(1);
    expect(stdout).toContain("to remove it, give its ID");
    expect(await orphans.listed(state)).toHaveLength(1);
  });

  it("are what a create that leaves them alone tells of, with the command that lists them", async () => {
    await scene.made(args());
    const next = await scene.run();
    await next.up(args());
    const [name] = type.split(":");
    const backend = name === "waldur" ? "" : ` --backend ${name}`;
    const told = `"openstack-snapshots orphans${backend}" lists it with the commands that adopt or remove it`;
    expect(scene.warnings.join("\n")).toContain(told);
    const state = orphans.state(next.exported());
    const [one, ...more] = await orphans.listed(state);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ resource: { type, name: "drill", inState: true }, notes: [] });
    expect(one?.adopt).toMatch(/--adopt/);
    expect(one?.remove).toMatch(/--remove/);
  });

  it("are not those of another stack, which --all lists", async () => {
    await scene.made(args());
    const other = orphans.state().replaceAll(":test::", ":prod::");
    expect(await orphans.run(other)).toMatchObject({ code: 0, stderr: "" });
    const [one] = await orphans.listed(other, "--all");
    expect(one).toMatchObject({ stack: null, resource: null, notes: ["it is not known whose it is"] });
    const { code, stdout } = await orphans.run(other, "--all");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^These are marked by other stacks, or by version 0\.1\.0/m);
    expect(stdout).toContain(`--all --remove ${one?.id}`);
  });

  it("are adopted by the files that an import writes", async () => {
    await scene.made(args());
    const state = orphans.state();
    const [one] = await orphans.listed(state);
    const { code, stdout } = await orphans.run(state, "--adopt", one?.id ?? "", "--out", orphans.out);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Wrote 1 resource to$/m);
    const { resources } = JSON.parse(readFileSync(join(orphans.out, "import.json"), "utf8"));
    expect(resources).toEqual([
      { type: `openstack-snapshots:${type}`, name: "drill", id: expect.any(String) },
    ]);
    const [{ id }] = resources;
    const program = readFileSync(join(orphans.out, "imported.ts"), "utf8");
    expect(program).toMatch(new RegExp(`new ${type.replace(":", "\\.")}\\(\\s*"drill",`));
    expect(program).toContain(`{ import: "${id}", protect: true }`);

    // What the files say comes to a stack that holds the object, with nothing left to do.
    const next = await scene.run(undefined, { imports: id });
    const declared = declaredIn(program);
    expect(await next.import(id, declared)).toBe("adopted");
    const later = await scene.run(next.held);
    expect(await later.up(declared)).toBe("same");
    expect(await orphans.run(orphans.state(later.exported()))).toMatchObject({ code: 0 });
  });

  it("are removed as a destroy removes", async () => {
    await scene.made(args());
    const { code, stdout } = await orphans.run(orphans.state(), "--remove", "--yes");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Removed (snapshot|volume|restore) "drill-[0-9a-f]{7}" \([0-9a-f-]+\)$/m);
    expect(await orphans.run(orphans.state())).toMatchObject({ code: 0 });
  });
});

/** The arguments that a program of one resource declares. */
function declaredIn(program: string): Record<string, unknown> {
  const [, name, text] = /new \w+\.\w+\(\s*("[^"]*"),\s*(\{.*\}),\s*\{ import:/s.exec(program) ?? [];
  if (name === undefined) throw new Error(`this is no program of one resource: ${program}`);
  return new Function(`return (${text});`)();
}
