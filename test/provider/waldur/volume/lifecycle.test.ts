import { describe, expect, it } from "vitest";
import { UserError } from "../../../../provider/core/errors";
import { checkInputs } from "../../../../provider/core/resource/check";
import { applied, appliedKey } from "../../../../provider/core/resource/diff";
import type { Lifecycle } from "../../../../provider/core/resource/lifecycle";
import { unknownValue } from "../../../../provider/core/values";
import { volumeLifecycle } from "../../../../provider/waldur/volume/lifecycle";
import type { VolumeInputs } from "../../../../provider/waldur/volume/schema";

const uuid = (digit: string) => digit.repeat(32);
const base: VolumeInputs = { projectId: uuid("a"), offeringId: uuid("b"), size: 10_240 };
const typeUrl = `https://portal.example.com/api/openstack-volume-types/${uuid("c")}/`;

/** What changes between a state and arguments; `before` are the arguments that were applied last. */
function changes(observed: object, news: object, before: object = news): string[] {
  const found = volumeLifecycle.diff(stateOf(observed, before), { ...base, ...news } as VolumeInputs);
  return found.map(({ property, kind }) => `${kind} ${property}`);
}

/** The same, where it may be done. */
async function permitted(observed: object, news: object, before: object = news): Promise<string[]> {
  const [state, inputs] = [stateOf(observed, before), { ...base, ...news } as VolumeInputs];
  await volumeLifecycle.permit?.("id", state, inputs, volumeLifecycle.diff(state, inputs), {} as never);
  return changes(observed, news, before);
}

const stateOf = (observed: object, before: object) => ({
  ...base,
  ...observed,
  [appliedKey]: applied({ ...base, ...before }),
});

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

  it("never shrinks", async () => {
    const shrinks = permitted({}, { size: 5120 }, {});
    await expect(shrinks).rejects.toThrow(UserError);
    await expect(shrinks).rejects.toThrow(
      "size: 5120 MiB is less than the 10240 MiB that the volume has, and a volume cannot shrink",
    );
  });

  it("of a volume that somebody has grown is no difference, until another is declared", async () => {
    expect(changes({ size: 20_480 }, {})).toEqual([]);
    await expect(permitted({ size: 20_480 }, { size: 15_360 }, {})).rejects.toThrow(/a volume cannot shrink/);
    expect(await permitted({ size: 20_480 }, { size: 20_480 }, {})).toEqual(["update size"]);
  });

  it("may be smaller for a volume that is replaced, also where it is not known yet whether it is", async () => {
    for (const other of [{ imageId: uuid("d") }, { projectId: unknownValue }, { offeringId: uuid("e") }]) {
      const [property = ""] = Object.keys(other);
      expect(await permitted({}, { size: 5120, ...other }, {})).toContain(`replace ${property}`);
    }
  });

  it("of a cloud that keeps whole GiB is the same", () => {
    expect(changes({ size: 10_700 }, {})).toEqual([]);
    expect(changes({ size: 10_700 }, { size: 11_264 })).toEqual(["update size"]);
  });
});

describe("type", () => {
  const observed = { volumeType: "ssd", volumeTypeId: uuid("c"), volumeTypeUrl: typeUrl };

  it("is the same by name, by uuid and by URL", () => {
    for (const volumeType of ["ssd", uuid("c"), typeUrl])
      expect(changes(observed, { volumeType })).toEqual([]);
  });

  it("is retyped in place", () => {
    for (const volumeType of ["hdd", uuid("d")])
      expect(changes(observed, { volumeType })).toEqual(["update volumeType"]);
  });
});

describe("what makes a volume what it is", () => {
  it.each(["projectId", "offeringId", "imageId", "availabilityZone"])("%s is replaced", (property) => {
    const observed = { [property]: `https://portal.example.com/api/x/${uuid("d")}/` };
    expect(changes(observed, { [property]: uuid("e") })).toEqual([`replace ${property}`]);
    expect(changes(observed, { [property]: uuid("d").toUpperCase() })).toEqual([]);
  });

  it("is believed of the last declaration where the server shows nothing of it", () => {
    expect(changes({}, { imageId: uuid("d") })).toEqual([]);
    expect(changes({}, { imageId: uuid("e") }, { imageId: uuid("d") })).toEqual(["replace imageId"]);
  });
});

describe("plan and limits", () => {
  it("cannot be changed afterwards, and the message says what can be done", async () => {
    const observed = { planId: uuid("d"), limits: { a: 1 } };
    expect(changes(observed, { planId: uuid("d"), limits: { a: 1 } })).toEqual([]);
    await expect(permitted(observed, { limits: { a: 2 } }, {})).rejects.toThrow(
      /^limits: it is used when a volume is ordered.*pulumi up --replace/,
    );
    await expect(permitted(observed, { planId: uuid("e") }, { planId: uuid("d") })).rejects.toThrow(
      /^planId: it is/,
    );
  });

  it("that staff have changed since make no difference", () => {
    expect(changes({ planId: uuid("d") }, { planId: uuid("e") })).toEqual([]);
  });

  it("may differ in a volume that is replaced for another reason", async () => {
    const offering = { offeringId: uuid("e") };
    for (const [observed, news] of [
      [{ limits: { a: 1 } }, { limits: { a: 2 }, ...offering }],
      [{ planId: uuid("d") }, { planId: uuid("f"), ...offering }],
    ] as const)
      expect(await permitted(observed, news, {})).toContain("replace offeringId");
  });
});
