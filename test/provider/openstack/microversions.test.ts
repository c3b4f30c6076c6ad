import { describe, expect, it } from "vitest";
import type { ServiceKind } from "../../../provider/openstack/connect";
import {
  compareVersions,
  isOfMajor,
  negotiated,
  versionsOf,
} from "../../../provider/openstack/microversions";
import { recording } from "../../support/cloudStage";

const kind: ServiceKind = { title: "block storage", types: [], endpointSetting: "blockStorageEndpoint" };
const highest = (body: unknown, lowest = "3.0", ours = "3.71", wanted?: string) => {
  const version = versionsOf(body)?.find((each) => isOfMajor(each, "v3"));
  const asked = wanted === undefined ? undefined : { version: wanted, by: "volume_api_version in the file" };
  return (
    version && negotiated(kind, { service: "volume", major: "v3", lowest, highest: ours }, version, asked)
  );
};
const server = (version: string, min_version = "3.0") => ({
  versions: [
    { id: "v2.0", status: "DEPRECATED", version: "", min_version: "" },
    { id: "v3.0", status: "CURRENT", version, min_version },
  ],
});

describe("microversions", () => {
  it.each([
    ["3.9", "3.10", -1],
    ["3.66", "3.66", 0],
    ["3.71", "3.8", 1],
    ["2.99", "3.0", -1],
  ])("%s and %s compare as numbers: %i", (one, other, sign) => {
    expect(compareVersions(one, other)).toBe(sign);
    expect(compareVersions(other, one) + sign).toBe(0);
  });

  it("are the highest that both sides know", () => {
    expect(highest(recording("017").response.body)).toBe("3.71");
    expect(highest(server("3.59"))).toBe("3.59");
    expect(highest(server("3.80"))).toBe("3.71");
    expect(highest({ versions: { values: server("3.9").versions } })).toBe("3.9");
    expect(highest({ version: { id: "v3.0", max_version: "3.27" } })).toBe("3.27");
  });

  it("are those of the right version, however it is written", () => {
    for (const id of ["v3", "v3.0", "3", "3.0"])
      expect(highest({ version: { id, version: "3.9" } })).toBe("3.9");
    for (const id of ["v30.0", "v2.3", "vv3", "current"])
      expect(highest({ version: { id, version: "3.9" } })).toBeUndefined();
  });

  it("are none where the server has none", () => {
    expect(highest(server(""))).toBeUndefined();
  });

  it("that the two do not share are an error with both ranges", () => {
    expect(() => highest(server("3.20"), "3.27")).toThrow(
      "block storage: the server knows the microversions 3.0 to 3.20, this package 3.27 to 3.71",
    );
    expect(() => highest(server("3.90", "3.80"))).toThrow("3.80 to 3.90, this package 3.0 to 3.71");
  });

  it("that the settings ask for are those, where the server has them", () => {
    expect(highest(server("3.59"), "3.0", "3.71", "3.27")).toBe("3.27");
    expect(() => highest(server("3.20"), "3.0", "3.71", "3.27")).toThrow(
      "block storage: the server knows the microversions 3.0 to 3.20, " +
        "but volume_api_version in the file asks for 3.27: change it, or leave it out",
    );
  });
});

describe("a document of versions", () => {
  it("may tell one version, several, or several as values, and what is no version in it is passed over", () => {
    const one = { id: "v3.0", version: "3.70" };
    expect(versionsOf({ version: one })).toEqual([one]);
    expect(versionsOf(one)).toEqual([one]);
    expect(versionsOf({ versions: [null, { id: 3 }, one] })).toEqual([one]);
    expect(versionsOf({ versions: { values: [one] } })).toEqual([one]);
  });

  it.each([[undefined], ["text"], [[]], [{}], [{ versions: [] }], [recording("019").response.body]])(
    "is not %j",
    (body) => {
      expect(versionsOf(body)).toBeUndefined();
    },
  );
});
