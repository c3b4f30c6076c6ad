import fc from "fast-check";
import { expect, it } from "vitest";
import { Experience, Operation } from "../../../../provider/core/wait/experience";

it("an operation is the same under its name, and another one under another", () => {
  const experience = new Experience();
  expect(experience.of("create snapshot")).toBe(experience.of("create snapshot"));
  expect(experience.of("create snapshot")).not.toBe(experience.of("delete snapshot"));
});

it("nothing is expected before the first end", () => {
  expect(new Operation().expectedMs).toBeUndefined();
});

it("the first duration is taken as it is, and the newest for 30 % from then on", () => {
  const operation = new Operation();
  operation.learn(10_000);
  expect(operation.expectedMs).toBe(10_000);
  operation.learn(20_000);
  expect(operation.expectedMs).toBeCloseTo(13_000);
});

it("what is expected stays within what was seen", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 1 }), (durations) => {
      const operation = new Operation();
      for (const took of durations) operation.learn(took);
      expect(operation.expectedMs).toBeGreaterThanOrEqual(Math.min(...durations) - 1e-6);
      expect(operation.expectedMs).toBeLessThanOrEqual(Math.max(...durations) + 1e-6);
    }),
  );
});
