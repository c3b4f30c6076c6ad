import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { wireString } from "../../../../provider/core/http/wire";
import { applied, appliedKey, differences, sameString } from "../../../../provider/core/resource/diff";
import {
  argumentsOf,
  type Fields,
  type InputsOf,
  observed,
  type StateOf,
  stable,
  table,
} from "../../../../provider/core/resource/field";
import { bodyOf } from "../../../../provider/core/resource/requestBody";
import { unknownValue } from "../../../../provider/core/values";

const makeSample = () =>
  table(
    {
      source: {
        schema: z.string(),
        wire: null,
        onChange: "replace",
        kept: "shown",
        declare: ({ source }) => String(source).toLowerCase(),
      },
      name: {
        schema: z.string().optional(),
        wire: "name",
        onChange: "update",
        kept: "echo",
        same: sameString,
        output: z.string().describe("Its name"),
      },
      description: {
        schema: z.string().optional(),
        wire: "description",
        onChange: "update",
        kept: "echo",
        reset: "",
      },
      zone: {
        schema: z.string().optional(),
        wire: { key: "zone_url", in: "create", write: (zone, client) => `${client}/${zone}` },
        onChange: "replace",
        kept: "shown",
      },
      bootable: {
        schema: z.boolean().optional(),
        wire: { key: "bootable", in: "change" },
        onChange: "update",
        kept: "shown",
      },
      speed: {
        schema: z.string().optional(),
        wire: "speed",
        onChange: "update",
        kept: "echo",
        unless: ({ source }) => source === "fixed",
      },
      tags: {
        schema: z.record(z.string(), z.string()).optional(),
        wire: null,
        onChange: "update",
        kept: "shown",
        reset: {},
        keyed: true,
      },
      approve: {
        schema: z.boolean().optional(),
        wire: null,
        onChange: "update",
        kept: "state",
        reset: false,
      },
    },
    z
      .object({
        id: stable(z.string().describe("UUID")),
        created: stable(wireString("When")),
        state: wireString("State"),
        source: wireString("URL of the source"),
      })
      .required({ created: true }),
  );

let sample: ReturnType<typeof makeSample>;
beforeEach(() => {
  sample = makeSample();
});

describe("a table of fields", () => {
  it("gives what a lifecycle says of its properties", () => {
    expect(Object.keys(sample.inputs.shape)).toEqual([
      ...["source", "name", "description", "zone", "bootable", "speed", "tags", "approve"],
    ]);
    expect(sample.locals).toEqual(["approve"]);
    expect(sample.echoes).toEqual(["name", "description", "speed"]);
    expect(sample.replaces).toEqual(["source", "zone"]);
  });

  it("has what an update leaves alone: what is marked, however it is wrapped, and what only replaces", () => {
    expect(sample.stable).toEqual(["id", "created", "source", "zone"]);
  });

  it("repeats no argument in the outputs, and none that only the state knows", () => {
    expect(Object.keys(sample.outputs.shape)).toEqual([
      ...["id", "created", "state", "source", "name", "description", "zone", "bootable", "speed", "tags"],
    ]);
    expect(sample.outputs.shape.name.description).toBe("Its name");
    expect(sample.outputs.shape.source.description).toBe("URL of the source");
  });

  it("types arguments and state", () => {
    const inputs: InputsOf<typeof sample> = { source: "a", approve: true };
    const state: StateOf<typeof sample> = {
      id: "1",
      name: "x",
      approve: true,
      [appliedKey]: applied(inputs),
    };
    expect(differences(sample.rules, { ...state, source: "a" }, inputs)).toEqual([]);
    // @ts-expect-error an argument without a decision does not compile
    const undecided: Fields = { source: { schema: z.string(), onChange: "update", kept: "echo" } };
    // @ts-expect-error what only the state knows needs to say what its absence stands for
    const local: Fields = { source: { schema: z.string(), wire: null, onChange: "update", kept: "state" } };
    expect([undecided, local]).toHaveLength(2);
  });
});

describe("rules of a table", () => {
  const same = (property: string, now: unknown, declared: unknown) =>
    sample.rules[property]?.same?.(now, declared, { unchanged: false, observed: {}, declared: {} });

  it("of what only the state knows: absent is its default", () => {
    expect(same("approve", undefined, false)).toBe(true);
    expect(same("approve", undefined, true)).toBe(false);
    expect(same("approve", true, true)).toBe(true);
    expect(sample.rules.approve).toMatchObject({ kind: "update", reset: false });
  });

  it("are those of the fields", () => {
    expect(sample.rules.tags).toEqual({ kind: "update", reset: {}, keyed: true });
    expect(sample.rules.zone).toEqual({ kind: "replace" });
    expect(same("name", " x", "x")).toBe(true);
  });
});

describe("an argument that says nothing beside another", () => {
  const declared = { source: "fixed", speed: "fast" };

  it("makes no difference, known or not, and counts where the other is not there", () => {
    const state = { source: "fixed", speed: "slow" };
    expect(differences(sample.rules, state, declared)).toEqual([]);
    expect(differences(sample.rules, state, { ...declared, speed: unknownValue })).toEqual([]);
    const free = differences(sample.rules, { source: "a", speed: "slow" }, { source: "a", speed: "fast" });
    expect(free.map(({ property }) => property)).toEqual(["speed"]);
  });

  it("is not declared of what is there", () => {
    expect(argumentsOf(sample, declared)).toEqual({ source: "fixed" });
    expect(argumentsOf(sample, { ...declared, source: "a" })).toEqual({ source: "a", speed: "fast" });
  });
});

describe("bodies", () => {
  const values = { source: "s", name: "n", description: "", zone: "z", bootable: true, approve: true };

  it("of a create hold what goes into it, by the wire's names and in its form", () => {
    expect(bodyOf(sample.fields, values, "create", "https://x")).toEqual({
      name: "n",
      description: "",
      zone_url: "https://x/z",
    });
  });

  it("of a change hold what that may say", () => {
    expect(bodyOf(sample.fields, values, "change")).toEqual({ name: "n", description: "", bootable: true });
  });

  it("keep a null, which takes a value back, and leave out what is not given", () => {
    expect(bodyOf(sample.fields, { name: null, description: undefined }, "change")).toEqual({ name: null });
  });
});

describe("the arguments of what is there", () => {
  it("are its outputs, in the form that is declared, without what stands for nothing", () => {
    const outputs = {
      id: "1",
      source: "ABC",
      name: "",
      description: "",
      tags: {},
      zone: null,
      approve: false,
    };
    expect(argumentsOf(sample, outputs)).toEqual({ source: "abc", name: "", approve: false });
  });

  it("come back as no difference", () => {
    const outputs = { source: "abc", name: "n", description: "d", tags: { a: "1" }, bootable: false };
    expect(differences(sample.rules, outputs, argumentsOf(sample, outputs))).toEqual([]);
  });
});

describe("what is observed", () => {
  it("is what is shown, and of the state only what nothing else knows", () => {
    const prints = applied({ name: "n" });
    const state = { name: "old", approve: true, __unready: true, [appliedKey]: prints } as const;
    expect(observed(sample, { name: "new" }, state)).toEqual({
      name: "new",
      approve: true,
      [appliedKey]: prints,
    });
    expect(observed(sample, { name: "new" }, {})).toEqual({ name: "new", [appliedKey]: {} });
  });
});
