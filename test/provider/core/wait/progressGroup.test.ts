import { expect, it } from "vitest";
import { ProgressGroup } from "../../../../provider/core/wait/progressGroup";

it("a group says how many of those that wait together are ready, and begins again once it is empty", () => {
  const group = new ProgressGroup();
  expect(group.progress).toBeUndefined();
  const first = group.join();
  expect(group.progress).toBeUndefined();
  const second = group.join();
  const third = group.join();
  expect(group.progress).toBe("0 of 3 ready");
  first(true);
  second(false);
  expect(group.progress).toBe("1 of 3 ready");
  third(true);
  group.join();
  expect(group.progress).toBeUndefined();
  group.join();
  expect(group.progress).toBe("0 of 2 ready");
});
