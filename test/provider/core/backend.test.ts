import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  configuredSecrets,
  metaOf,
  originOf,
  ownSurroundings,
  readSettings,
  tokenSetting,
} from "../../../provider/core/backend";
import { UserError } from "../../../provider/core/errors";

const schema = z.object({
  apiUrl: z.string().meta({ description: "Address", env: "THE_API_URL" }),
  token: z.string().min(5, { message: "expected at least 5 characters" }).meta({
    description: "Token",
    env: "THE_TOKEN",
    secret: true,
  }),
  mode: z.enum(["true", "false"], { message: 'expected "true" or "false"' }).optional().meta({
    description: "Mode",
    env: "THE_MODE",
  }),
  onlyHere: z.string().optional().meta({ description: "Not in the environment" }),
});

const configured = (values: Record<string, string>) => (name: string) => values[name];

function error(values: Record<string, string>, env: Record<string, string> = {}): UserError {
  try {
    readSettings(schema, configured(values), env);
  } catch (thrown) {
    if (thrown instanceof UserError) return thrown;
    throw thrown;
  }
  throw new Error("was accepted");
}

const wrong = (...given: Parameters<typeof error>) => error(...given).message;

describe("settings", () => {
  it("come from the stack's configuration first, then from the environment", () => {
    const env = { THE_API_URL: "https://env.example", THE_TOKEN: "from-env", THE_MODE: "true" };
    expect(readSettings(schema, configured({ apiUrl: "https://stack.example" }), env)).toEqual({
      apiUrl: "https://stack.example",
      token: "from-env",
      mode: "true",
    });
  });

  it("that are empty in the environment are not set", () => {
    const env = { THE_API_URL: "https://env.example", THE_TOKEN: "from-env", THE_MODE: "" };
    expect(readSettings(schema, configured({}), env)).not.toHaveProperty("mode");
  });

  it("that are missing are all named, with both places where each can be set", () => {
    expect(wrong({})).toBe(
      'openstack-snapshots:apiUrl is not set: set it with "pulumi config set openstack-snapshots:apiUrl ..." or in ' +
        'THE_API_URL\nopenstack-snapshots:token is not set: set it with "pulumi config set --secret ' +
        'openstack-snapshots:token ..." or in THE_TOKEN',
    );
  });

  it("that are wrong are told with the value and what would be right", () => {
    expect(wrong({ apiUrl: "x", token: "long enough", mode: "yes" })).toBe(
      'openstack-snapshots:mode: invalid value "yes": expected "true" or "false"; set it with "pulumi config set ' +
        'openstack-snapshots:mode ..." or in THE_MODE',
    );
  });

  it("are told by their names where just one is wrong, without the namespace", () => {
    const right = { apiUrl: "x", token: "long enough" };
    expect(error({ ...right, mode: "yes" })).toMatchObject({
      property: "mode",
      reason: expect.stringMatching(/^invalid value "yes": expected "true" or "false"; set it with/),
    });
    expect(error({ token: "long enough" })).toMatchObject({
      property: "apiUrl",
      reason: expect.stringMatching(/^it is not set: set it with/),
    });
    expect(error({})).toMatchObject({ property: undefined });
  });

  it("that are secret are told without the value", () => {
    const message = wrong({ apiUrl: "x", token: "abcd" });
    expect(message).toContain("openstack-snapshots:token: expected at least 5 characters");
    expect(message).not.toContain("abcd");
  });

  it("that nobody asked for are not read", () => {
    const env = { THE_API_URL: "https://env.example", THE_TOKEN: "from-env", ONLY_HERE: "x", PATH: "/bin" };
    expect(readSettings(schema, configured({ other: "x" }), env)).toEqual({
      apiUrl: "https://env.example",
      token: "from-env",
    });
  });
});

describe("where a setting comes from", () => {
  it("is the configuration, or the environment where that has it alone", () => {
    const origin = originOf(schema, configured({ apiUrl: "https://stack.example" }));
    expect(origin("apiUrl")).toBe("the setting openstack-snapshots:apiUrl");
    expect(origin("token")).toBe("the environment variable THE_TOKEN");
    expect(origin("onlyHere")).toBe("the setting openstack-snapshots:onlyHere");
  });

  it("is told of the credentials that the configuration gives", () => {
    expect(configuredSecrets(schema, configured({ apiUrl: "x", token: "long enough" }))).toEqual(["token"]);
    expect(configuredSecrets(schema, configured({ apiUrl: "x" }))).toEqual([]);
  });

  it("is this process's own folder and environment where nothing else is said", () => {
    expect(ownSurroundings()).toEqual({ env: process.env, cwd: process.cwd() });
  });
});

describe("a credential", () => {
  it("loses the end of the line that was pasted with it", () => {
    const read = readSettings(schema, configured({ apiUrl: " x ", token: "long enough\n" }), {});
    expect(read).toEqual({ apiUrl: "x", token: "long enough" });
  });

  it("is refused where no header can hold it, without a word of it", () => {
    const token = tokenSetting();
    expect(token.safeParse("0123 abc").success).toBe(true);
    expect(token.safeParse("").success).toBe(false);
    expect(token.safeParse("abc\ndef").error?.issues).toEqual([
      {
        code: "custom",
        message: "it has a line break (character 4), so it cannot be sent in an HTTP header",
        path: [],
      },
    ]);
  });
});

it("what nobody knows has no metadata", () => expect(metaOf(undefined)).toEqual({}));
