import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Backend, missingSetting, wrongSetting } from "../../../provider/core/backend";
import { UserError } from "../../../provider/core/errors";
import { unknownValue } from "../../../provider/core/values";
import { checkSettings } from "../../../provider/fronts/plugin/settings";

const yesOrNo = z.enum(["true", "false"], { message: 'expected "true" or "false"' }).optional();

/** A portal that needs two settings, and two services of a cloud that share theirs, all of them optional. */
function known() {
  const connected: string[] = [];
  // Settings are checked without a request.
  const verify = () => Promise.reject(new Error("nothing is to be sent"));
  const portal: Backend<unknown> = {
    name: "portal",
    settings: z.object({ portalUrl: z.string(), portalToken: z.string(), insecure: yesOrNo }),
    connect: () => connected.push("portal"),
    verify,
  };
  const settings = z.object({
    cloud: z.string().optional(),
    region: z.string().optional(),
    insecure: yesOrNo,
  });
  const connect: Backend<unknown>["connect"] = ({ cloud }) => {
    connected.push("cloud");
    if (cloud === undefined) throw missingSetting("authUrl", "say where it is");
    if (cloud === "none") throw wrongSetting("cloud", 'there is no cloud "none"\nat all');
    if (cloud === "two") throw new UserError("cloud: two are wrong, so none is named");
    if (cloud === "odd") throw new TypeError("cloud: no mistake of the user's");
  };
  const services = ["volumes", "workloads"].map((name) => ({ name, settings, connect, verify }));
  return { backends: [portal, ...services.slice(0, 1)], connected };
}

const check = (settings: Record<string, unknown>) => checkSettings(settings, undefined, known().backends);

describe("the settings of a provider", () => {
  it.each([
    [{}],
    [{ version: "1.0.0", front: "plugin" }],
    [{ insecure: "true" }],
    [{ portalUrl: "u", portalToken: "t", insecure: "true" }],
    [{ portalUrl: "u" }],
    [{ cloud: "prod" }],
    [{ cloud: "prod", portalUrl: "u", portalToken: "t", insecure: "false" }],
    [{ region: unknownValue }],
    [{ region: "R", cloud: unknownValue }],
    [{ insecure: unknownValue, cloud: "none" }],
  ])("%j are right: what is not used need not be there, what is not known may be", (settings) => {
    expect(check(settings)).toEqual([]);
  });

  it("connect the known that they are for, and no other", () => {
    const { backends, connected } = known();
    checkSettings({ portalUrl: "u", portalToken: "t", insecure: "true" }, undefined, backends);
    expect(connected).toEqual(["portal"]);
    checkSettings({ cloud: "c", insecure: "true" }, undefined, backends);
    expect(connected).toEqual(["portal", "cloud"]);
  });

  it("that are wrong are told by their names", () => {
    expect(check({ insecure: "yes" })).toEqual([
      { property: "insecure", reason: 'expected "true" or "false"' },
    ]);
    expect(check({ clud: "prod" })).toEqual([
      {
        property: "clud",
        reason:
          'there is no setting "clud"; the settings are cloud, insecure, portalToken, portalUrl, region',
      },
    ]);
    expect(check({ cloud: "none" })).toEqual([
      { property: "cloud", reason: 'there is no cloud "none"\nat all' },
    ]);
    expect(check({ region: "R" })).toEqual([
      { property: "authUrl", reason: "it is not set: say where it is" },
    ]);
  });

  it("that are wrong otherwise are told without a name, whatever the words are", () => {
    expect(check({ cloud: "two" })).toEqual([
      { property: "", reason: "cloud: two are wrong, so none is named" },
    ]);
    expect(check({ cloud: "odd" })).toEqual([{ property: "", reason: "cloud: no mistake of the user's" }]);
  });
});
