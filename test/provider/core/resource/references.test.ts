import { describe, expect, it } from "vitest";
import { references } from "../../../../provider/core/resource/references";

const { reference, sameReference, sameWhereShown } = references(
  (value) => (typeof value === "string" && value.startsWith("id-") ? value.toLowerCase() : undefined),
  "expected an id",
);
const compared = (unchanged: boolean) => ({ unchanged, observed: {}, declared: {} });

describe("references", () => {
  it("are checked, with what would be right", () => {
    expect(reference("The volume").description).toBe("The volume");
    expect(reference("").safeParse("id-1").success).toBe(true);
    expect(reference("").safeParse("1").error?.issues[0]?.message).toBe("expected an id");
  });

  it("mean the same in any spelling; what is none is compared as it is", () => {
    expect(sameReference("id-A", "id-a")).toBe(true);
    expect(sameReference("id-a", "id-b")).toBe(false);
    expect(sameReference("id-a", undefined)).toBe(false);
    expect(sameReference("nova", "nova")).toBe(true);
    expect(sameReference("nova", "NOVA")).toBe(false);
  });

  it("that the server shows no longer are as they were declared last", () => {
    expect(sameWhereShown(undefined, "id-a", compared(true))).toBe(true);
    expect(sameWhereShown(undefined, "id-a", compared(false))).toBe(false);
    expect(sameWhereShown("id-b", "id-a", compared(true))).toBe(false);
    expect(sameWhereShown("id-A", "id-a", compared(false))).toBe(true);
  });
});
