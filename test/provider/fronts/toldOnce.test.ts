import { expect, it, vi } from "vitest";
import { leaveOutTold, tellOnce } from "../../../provider/fronts/dynamic/toldOnce";

it("what Pulumi prints of an error that the engine shows too is left out once, and nothing else is", () => {
  const print = vi.fn();
  const output = { error: print };
  leaveOutTold(output);
  const error = Object.assign(new Error("no such cloud"), { stack: "" });
  // As Pulumi's dynamic provider does it.
  const printed = () => output.error(`${error}: ${error.stack}`);
  printed();
  expect(print.mock.calls).toEqual([["Error: no such cloud: "]]);
  print.mockClear();
  tellOnce(error);
  output.error("something else");
  output.error(`${error}: ${error.stack}`, "and more");
  printed();
  expect(print.mock.calls).toEqual([["something else"], ["Error: no such cloud: ", "and more"]]);
  printed();
  expect(print).toHaveBeenCalledTimes(3);
});
