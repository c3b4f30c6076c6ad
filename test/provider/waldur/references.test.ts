import { describe, expect, it } from "vitest";
import { descriptionField, nameField, reference, sameReference } from "../../../provider/waldur/references";

const uuid = "62a4ac5f2c83421a88d607c27a96f162";
const url = `https://portal.example.com/api/openstack-volumes/${uuid}/`;

describe("a reference", () => {
  it.each([uuid, uuid.toUpperCase(), "62a4ac5f-2c83-421a-88d6-07c27a96f162", url])("may be %s", (text) => {
    expect(reference("").safeParse(text).success).toBe(true);
    expect(sameReference(text, uuid)).toBe(true);
    expect(sameReference(uuid, text)).toBe(true);
  });

  it.each(["", "data-1", uuid.slice(1), "https://portal.example.com/"])("may not be %j", (text) => {
    expect(reference("").safeParse(text).error?.issues[0]?.message).toBe(
      "expected a uuid, or a URL that ends in one",
    );
  });

  it("is another one where the uuid is, or where only one is there", () => {
    expect(sameReference(uuid, uuid.replace("6", "7"))).toBe(false);
    expect(sameReference(uuid, undefined)).toBe(false);
    expect(sameReference(undefined, uuid)).toBe(false);
    expect(sameReference(undefined, undefined)).toBe(true);
    expect(sameReference("ssd", "ssd")).toBe(true);
    expect(sameReference("ssd", "hdd")).toBe(false);
  });
});

describe("names and descriptions", () => {
  it("are held to the server's limits", () => {
    expect(nameField.parse(`  ${"x".repeat(150)} `)).toBe("x".repeat(150));
    expect(nameField.safeParse("x".repeat(151)).success).toBe(false);
    expect(nameField.safeParse("   ").success).toBe(false);
    expect(descriptionField.safeParse("").success).toBe(true);
    expect(descriptionField.safeParse("x".repeat(2000)).success).toBe(true);
    expect(descriptionField.safeParse("x".repeat(2001)).success).toBe(false);
  });
});
