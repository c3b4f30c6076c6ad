import { describe, expect, it } from "vitest";
import { UserError } from "../../../../provider/core/errors";
import { checkInputs } from "../../../../provider/core/resource/check";
import { applied, appliedKey } from "../../../../provider/core/resource/diff";
import type { Lifecycle } from "../../../../provider/core/resource/lifecycle";
import { unknownValue } from "../../../../provider/core/values";
import { volumeLifecycle } from "../../../../provider/waldur/volume/lifecycle";
import type { VolumeInputs } from "../../../../provider/waldur/volume/schema";

const uuid = (digit: string) => digit.repeat(32);
const base: VolumeInputs = { project: uuid("a"), offering: uuid("b"), size: 10_240 };
const typeUrl = `https://portal.example.com/api/openstack-volume-types/${uuid("c")}/`;

/** What changes between a state and arguments; `before` are the arguments that were applied last. */
function changes(observed: object, news: object, before: object = news): string[] {
  const state = { ...base, ...observed, [appliedKey]: applied({ ...base, ...before }) };
  const found = volumeLifecycle.diff(state, { ...base, ...news } as VolumeInputs);
  return found.map(({ property, kind }) => `${kind} ${property}`);
}

function refusals(news: object, olds?: object): Record<string, string> {
  const ctx = { identity: { project: "p", stack: "s", name: "data" } } as never;
  const before = olds && { ...base, ...olds };
  const { failures } = checkInputs(volumeLifecycle as Lifecycle, { ...base, ...news }, before, ctx);
  return Object.fromEntries(failures.map(({ property, reason }) => [property, reason]));
}

describe("size", () => {
  it.each([0, -1024, 10_000, 1024.5, "10240"])("may not be %j", (size) => {
    expect(Object.keys(refusals({ size }))).toEqual(["size"]);
  });

  it("grows in place", () => {
    expect(changes({}, { size: 20_480 })).toEqual(["update size"]);
    expect(refusals({ size: 20_480 }, {})).toEqual({});
  });

  it("never shrinks, neither by a declaration nor where somebody else made it grow", () => {
    expect(refusals({ size: 5120 }, {}).size).toContain(
      "5120 MiB is less than the 10240 MiB that the volume has",
    );
    expect(() => changes({ size: 20_480 }, { size: 10_240 })).toThrow(UserError);
    expect(() => changes({ size: 20_480 }, { size: 10_240 })).toThrow(/a volume cannot shrink/);
  });

  it("may be smaller for a volume that is replaced, also where it is not known yet whether it is", () => {
    expect(refusals({ size: 5120, image: uuid("d") }, {})).toEqual({});
    expect(refusals({ size: 5120, project: unknownValue }, {})).toEqual({});
    expect(changes({}, { size: 5120, offering: uuid("e") })).toContain("replace offering");
  });

  it("of a cloud that keeps whole GiB is the same", () => {
    expect(changes({ size: 10_700 }, {})).toEqual([]);
    expect(changes({ size: 10_700 }, { size: 11_264 })).toEqual(["update size"]);
  });
});

describe("type", () => {
  const observed = { type: typeUrl, typeName: "ssd" };

  it("is the same by name, by uuid and by URL", () => {
    for (const type of ["ssd", uuid("c"), typeUrl]) expect(changes(observed, { type })).toEqual([]);
  });

  it("is retyped in place", () => {
    for (const type of ["hdd", uuid("d")]) expect(changes(observed, { type })).toEqual(["update type"]);
  });
});

describe("what makes a volume what it is", () => {
  it.each(["project", "offering", "image", "availabilityZone"])("%s is replaced", (property) => {
    const observed = { [property]: `https://portal.example.com/api/x/${uuid("d")}/` };
    expect(changes(observed, { [property]: uuid("e") })).toEqual([`replace ${property}`]);
    expect(changes(observed, { [property]: uuid("d").toUpperCase() })).toEqual([]);
  });

  it("is believed of the last declaration where the server shows nothing of it", () => {
    expect(changes({}, { image: uuid("d") })).toEqual([]);
    expect(changes({}, { image: uuid("e") }, { image: uuid("d") })).toEqual(["replace image"]);
  });
});

describe("plan and limits", () => {
  it("cannot be changed afterwards, and the message says what can be done", () => {
    const observed = { plan: uuid("d"), limits: { a: 1 } };
    expect(changes(observed, { plan: uuid("d"), limits: { a: 1 } })).toEqual([]);
    expect(() => changes(observed, { limits: { a: 2 } })).toThrow(
      /^limits: it is used when a volume is ordered.*pulumi up --replace/,
    );
  });

  it("may differ in a volume that is replaced for another reason", () => {
    const observed = { limits: { a: 1 } };
    expect(changes(observed, { limits: { a: 2 }, offering: uuid("e") })).toContain("replace offering");
    expect(changes({ plan: uuid("d") }, { plan: uuid("f"), offering: uuid("e") })).toContain(
      "replace offering",
    );
  });
});
