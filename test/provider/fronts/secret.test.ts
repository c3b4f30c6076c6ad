import { describe, expect, it } from "vitest";
import { hiding, secretOutputs } from "../../../provider/fronts/secret";

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

  it("holds none that is short, and none in another form", () => {
    const short = {
      mode: "x",
      size: 7,
      until: "2027-01-31T01:00:00+01:00",
      volume: "0123456789ABCDEF0123456789abcdef",
    };
    const hide = hiding(short, Object.keys(short));
    expect(hide('invalid value "x": expected "y"')).toBe('invalid value "[secret]": expected "y"');
    expect(hide("invalid value 7: expected a multiple of 1024")).toBe(
      "invalid value [secret]: expected a multiple of 1024",
    );
    expect(hide("kept until 2027-01-31T00:00:00Z")).toBe("kept until [secret]");
    expect(hide("no volume 01234567-89ab-cdef-0123-456789abcdef, 0123456789abcdef0123456789abcdef")).toBe(
      "no volume [secret], [secret]",
    );
  });
});

describe("outputs", () => {
  const values = { until: "2027-01-31", volume: "0123456789abcdef0123456789abcdef", mode: "none" };
  const outputs = {
    until: "2027-01-31T00:00:00Z",
    heldUntil: "2027-01-31T00:00:00Z",
    source: "https://portal.example.com/api/volumes/0123456789abcdef0123456789abcdef/",
    state: "OK",
    mode: "none",
    other: { mode: "none" },
  };

  it("are secret where they are those of secret arguments, and where they show the value of one", () => {
    expect([...secretOutputs(outputs, values, ["until", "mode"])].sort()).toEqual([
      "__applied",
      "heldUntil",
      "mode",
      "until",
    ]);
    expect([...secretOutputs(outputs, values, ["volume"])].sort()).toEqual(["__applied", "source", "volume"]);
    expect(secretOutputs(outputs, values, [])).toEqual([]);
    expect(secretOutputs(outputs, values, ["__applied"])).toEqual(["__applied"]);
  });
});
