import { expect, it } from "vitest";
import { z } from "zod";
import { table } from "../../../../provider/core/resource/field";
import { stateChoice, stateFlag } from "../../../../provider/core/resource/stateFields";

const made = () =>
  table(
    { force: stateFlag("Force it"), mode: stateChoice(["soft", "firm", "hard"], "soft", "How") },
    z.object({}),
  );

it("a flag is true or false, and false where it is not given", () => {
  const { inputs, rules } = made();
  expect(inputs.shape.force.unwrap().description).toBe("Force it");
  expect(inputs.shape.force.unwrap().meta()).toMatchObject({ default: false });
  expect(inputs.safeParse({}).success).toBe(true);
  expect(inputs.safeParse({ force: true }).success).toBe(true);
  expect(inputs.safeParse({ force: "true" }).success).toBe(false);
  expect(rules.force).toMatchObject({ kind: "update", reset: false });
});

it("a choice is one of its words, and the default where it is not given", () => {
  const { inputs, rules } = made();
  expect(inputs.shape.mode.unwrap().description).toBe("How");
  expect(inputs.shape.mode.unwrap().meta()).toMatchObject({ default: "soft" });
  expect(inputs.safeParse({ mode: "hard" }).success).toBe(true);
  expect(inputs.safeParse({ mode: "harder" }).error?.issues[0]?.message).toBe(
    'expected "soft", "firm" or "hard"',
  );
  expect(rules.mode).toMatchObject({ kind: "update", reset: "soft" });
});

it("both are the state's alone", () => expect(made().locals).toEqual(["force", "mode"]));
