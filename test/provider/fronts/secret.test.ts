import { describe, expect, it } from "vitest";
import { hiding } from "../../../provider/fronts/secret";

describe("a message about a resource", () => {
  const values = {
    description: 'swordfish "2"',
    metadata: { owner: "ops", deep: [{ pin: 4711 }] },
    name: "nightly",
    size: 1,
  };

  it("holds no value of a secret argument, as it is or in quotes", () => {
    const hide = hiding(values, ["description", "metadata"]);
    expect(hide(`description: 'swordfish "2"' is ${JSON.stringify(values.description)}`)).toBe(
      "description: '[secret]' is \"[secret]\"",
    );
    expect(hide("of ops: 4711, nightly")).toBe("of [secret]: [secret], nightly");
  });

  it("is left as it is where nothing is secret, or what is secret is too short to be one", () => {
    expect(hiding(values, [])("ops 4711")).toBe("ops 4711");
    expect(hiding(values, ["size"])("1 of 10")).toBe("1 of 10");
  });
});
