import { expect, it } from "vitest";
import packageJson from "../../../package.json";
import { version } from "../../../provider/core/version";

it("the version in the code is the one of the package", () => {
  expect(version).toBe(packageJson.version);
});
