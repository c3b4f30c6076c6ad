import { afterEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../provider/core/resource/lifecycle";
import { allLifecycles } from "../../../provider/registry";
import { renamedArguments } from "../../support/recordedStates/names";
import { cases } from "./cases";
import { fronts } from "./support/codec";
import { Scene } from "./support/scene";
import { WrongArguments } from "./support/stack";
import { bare, isSecret, secret } from "./support/values";

let scene: Scene;
afterEach(() => scene?.close());

it("every argument that has another name than in version 0.1.0 is in the table", () => {
  const declared = allLifecycles.map(({ type, former }) => [type, former?.inputs ?? {}] as const);
  const renamed = declared.filter(([, names]) => Object.keys(names).length > 0);
  expect(Object.fromEntries(renamed)).toEqual(renamedArguments);
});

const all = cases.filter(({ type }) => type in renamedArguments);
const both = all.flatMap((kind) => fronts.map((front) => ({ kind, front, type: kind.type })));

describe.each(both)(
  "a program that declares a $type by former names, in the $front front",
  ({ kind, front }) => {
    const names = Object.entries(renamedArguments[kind.type] ?? {});
    /** Arguments as a program of version 0.1.0 writes them. */
    const formerly = (args: Properties) => {
      const entries = Object.entries(args);
      return Object.fromEntries(
        entries.map(([name, value]) => [names.find(([, today]) => today === name)?.[0] ?? name, value]),
      );
    };
    const writes = () => scene.world.writes().length;

    it("has the same as by today's names, and may change from one to the other", async () => {
      scene = await Scene.open(kind, front);
      const args = scene.args();
      const first = await scene.run();
      expect(bare(await first.check(formerly(args)))).toEqual(bare(await first.check(args)));
      expect(bare(await first.preview(formerly(args)))).toEqual(bare(await first.preview(args)));
      expect(await first.up(formerly(args))).toBe("created");
      const made = writes();
      for (const next of [args, formerly(args), args]) {
        const stack = await scene.run(first.held);
        expect(await stack.diff(next)).toMatchObject({ changes: false, replaces: [] });
        expect(await stack.up(next)).toBe("same");
        first.held = stack.held;
      }
      expect(bare(first.there().inputs)).toEqual(bare(await first.check(args)));
      expect(writes()).toBe(made);
    });

    it("changes what it changes", async () => {
      scene = await Scene.open(kind, front);
      const args = scene.args();
      const stack = await scene.made(formerly(args));
      for (const { change } of [...kind.updates, ...kind.replacements]) {
        const next = scene.args(change(scene.world));
        expect(await stack.diff(formerly(next))).toEqual(await stack.diff(next));
        expect((await stack.diff(next)).changes).toBe(true);
      }
    });

    it("may give both names of an argument the same value, and not different ones", async () => {
      scene = await Scene.open(kind, front);
      const args = scene.args();
      const stack = await scene.run();
      expect(bare(await stack.check({ ...formerly(args), ...args }))).toEqual(bare(await stack.check(args)));
      for (const [old, today] of names.filter(([, name]) => name in args)) {
        const wrong = stack.check({ ...args, [old]: "0123456789abcdef0123456789abcdef" });
        await expect(wrong).rejects.toThrow(WrongArguments);
        await expect(wrong).rejects.toThrow(
          `${today}: ${today} and ${old} have different values; ${old} is the former name of ${today}, so set ${today} alone`,
        );
      }
    });

    it("is told of today's name where it gives none", async () => {
      scene = await Scene.open(kind, front);
      const stack = await scene.run();
      await expect(stack.check(scene.args({ [kind.reference]: undefined }))).rejects.toThrow(
        `${kind.reference} is required`,
      );
    });

    it("keeps what it declares as a secret", async () => {
      scene = await Scene.open(kind, front);
      const args = scene.args();
      const former = formerly(args);
      const hidden = names.filter(([old]) => old in former);
      const secrets = Object.fromEntries(hidden.map(([old]) => [old, secret(former[old])]));
      const { codec, resource } = await scene.run();
      const declared = codec.declared(resource, front === "plugin" ? { ...former, ...secrets } : former);
      // To a dynamic provider the engine hands the values bare, and the program tells it the names.
      if (front === "dynamic") Object.assign(declared.__context as object, { secrets: Object.keys(secrets) });
      const { inputs } = await codec.check(resource, {}, declared);
      const given = front === "plugin" ? inputs : { ...inputs, ...bare(inputs) };
      const { outputs } = await codec.create(resource, given);
      for (const [old, today] of hidden) {
        expect([today, isSecret(inputs[today])]).toEqual([today, true]);
        if (today in outputs) expect([today, isSecret(outputs[today])]).toEqual([today, true]);
        expect([old, old in inputs || old in outputs]).toEqual([old, false]);
      }
    });
  },
);
