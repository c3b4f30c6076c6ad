import { describe, expect, it } from "vitest";
import { z } from "zod";
import { allLifecycles, allLookups } from "../../provider/registry";
import { renderSettings, settingsSpec, settingsTypes } from "../../scripts/generate/settings";

describe("the settings of an explicit provider", () => {
  it("have a type for every backend", () => {
    const schemas = settingsTypes.map(({ schema }) => schema);
    const used = new Set([...allLifecycles, ...allLookups].map(({ backend }) => backend.settings));
    expect([...used].filter((settings) => !schemas.includes(settings))).toEqual([]);
  });

  it("name every credential, so that the SDK marks it as a secret", () => {
    const list = /secretSettings = \[([^\]]*)\]/.exec(renderSettings())?.[1]?.match(/\w+/g);
    expect(list).toEqual(["waldurAccessToken", "password", "applicationCredentialSecret", "token"]);
  });
});

describe("the settings in the package schema", () => {
  const own = z.object({
    url: z.string().meta({ description: "Address", env: "OWN_URL" }),
    key: z.string().optional().meta({ description: "Key", secret: true }),
    insecure: z.enum(["true", "false"]).optional().meta({ description: "Own", env: "OWN_INSECURE" }),
  });
  const other = z.object({
    insecure: z.enum(["true", "false"]).optional().meta({ description: "Other" }),
  });

  it("say where a value comes from, and which are secret", () => {
    expect(settingsSpec([own])).toEqual({
      url: { type: "string", description: "Address", defaultInfo: { environment: ["OWN_URL"] } },
      key: { type: "string", description: "Key", secret: true },
      insecure: {
        type: "string",
        description: 'Own ("true" or "false")',
        defaultInfo: { environment: ["OWN_INSECURE"] },
      },
    });
  });

  it("that several backends have are one, and no variable of the one decides for the other", () => {
    for (const schemas of [
      [own, other],
      [other, own],
    ]) {
      const { insecure } = settingsSpec(schemas);
      expect(insecure?.description).toMatch(/^(Own\. Other|Other\. Own) \("true" or "false"\)$/);
      expect(insecure).not.toHaveProperty("defaultInfo");
    }
  });
});
