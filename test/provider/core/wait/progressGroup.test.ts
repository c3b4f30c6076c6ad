import { expect, it } from "vitest";
import { Crowd } from "../../../../provider/core/wait/progressGroup";

it("a crowd says how many of those that wait together are ready, and begins anew once it is empty", () => {
  const crowd = new Crowd();
  expect(crowd.progress).toBeUndefined();
  const first = crowd.join();
  expect(crowd.progress).toBeUndefined();
  const second = crowd.join();
  const third = crowd.join();
  expect(crowd.progress).toBe("0 of 3 ready");
  first(true);
  second(false);
  expect(crowd.progress).toBe("1 of 3 ready");
  third(true);
  crowd.join();
  expect(crowd.progress).toBeUndefined();
  crowd.join();
  expect(crowd.progress).toBe("0 of 2 ready");
});
