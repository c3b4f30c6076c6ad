import { describe, expect, it } from "vitest";
import { startTrilio, startWaldur } from "../../emulator";
import { diagnosticsOf } from "./support/diagnostics";
import { scenario, snapshot } from "./support/scenario";
import { front, Stack } from "./support/stack";

const wrongToken = "0".repeat(40);
const failed = ["error: update failed"];
const namespace = "openstack-snapshots";

/** `pulumi preview` that has to fail. @returns what it says at its end */
async function previewFails(stack: Stack): Promise<Record<string, string[]>> {
  return withoutTraces(await stack.previewFails());
}

/** The same with a program in a process of its own, whose words a user reads. */
async function programFails(stack: Stack): Promise<Record<string, string[]>> {
  const before = stack.printed.length;
  await expect(stack.pulumi("preview")).rejects.toThrow();
  return withoutTraces(stack.printed.slice(before));
}

function withoutTraces(text: string): Record<string, string[]> {
  expect(text).not.toMatch(/^\s+at /m);
  return diagnosticsOf(text);
}

/** Any command that has to fail. @returns what it says at its end */
async function fails(stack: Stack, run: () => Promise<unknown>): Promise<Record<string, string[]>> {
  const before = stack.printed.length;
  await expect(run()).rejects.toThrow();
  return diagnosticsOf(stack.printed.slice(before));
}

/** The words about a token that Waldur refuses, without what the engine puts before them. */
const refused = (request: string, from: string, address: string) =>
  `${request} answered 401: Invalid token. (The access token comes from ${from}, the address from ${address}. ` +
  "If the token has expired or is another portal's, create one in your profile there and set it with " +
  `"pulumi config set --secret ${namespace}:waldurAccessToken ..." or in WALDUR_ACCESS_TOKEN.)`;

it("a token that was changed after the last up: refresh and destroy say that they use the old one, and what helps", () =>
  scenario({ tokenFrom: "config" }, async ({ waldur, stack }) => {
    stack.declare([snapshot(waldur, { name: "kept", keptUntil: "2035-01-01" }, "kept")]);
    await stack.up();
    const id = stack.resources().kept?.id;
    const owner = [...waldur.world.users.values()].find(({ token }) => token === waldur.tokens.owner);
    if (owner === undefined) throw new Error("the seed has changed");
    owner.token = "1".repeat(40);
    await stack.configure(`${namespace}:waldurAccessToken`, owner.token);

    const setting = `the setting ${namespace}:`;
    const request = `GET ${waldur.url}/api/openstack-snapshots/${id}/`;
    const old = `error: ${refused(request, `${setting}waldurAccessToken`, `${setting}waldurApiUrl`)}`;
    const hint =
      `"pulumi refresh" and "pulumi destroy" use ${namespace}:waldurAccessToken as the last "pulumi up" recorded it ` +
      `with the provider. If you have changed it since, run "pulumi up" first, or add --run-program.`;
    expect(await fails(stack, () => stack.refresh())).toEqual({ kept: [`${old} ${hint}`], Stack: failed });
    expect(await fails(stack, () => stack.destroy())).toEqual({ kept: [`${old} ${hint}`], Stack: failed });

    // Both ways out.
    await stack.pulumi("refresh", "--yes", "--skip-preview", "--run-program");
    waldur.resetRequests();
    expect((await stack.up()).changes).toMatchObject({ same: 2 });
    expect(waldur.requests).toEqual([]);
    expect((await stack.refresh()).changes).toEqual({ same: 2 });

    // A deletion that is refused is said once.
    const refusal = await fails(stack, () => stack.destroy());
    expect(refusal).toEqual({
      kept: [expect.stringMatching(/^error: snapshot "kept" .* 2035-01-01T00:00:00Z .*$/)],
      Stack: failed,
    });
  }));

describe("a credential that is wrong is found in the preview", () => {
  // A dynamic provider is not asked for previews, so there the check fails.
  const previewed = front === "plugin";
  const before = previewed ? "error: Preview failed: " : "error: ";

  it("of Waldur, by one request", async () => {
    const waldur = await startWaldur();
    const stack = await Stack.create({
      config: { waldurApiUrl: waldur.url },
      env: { WALDUR_ACCESS_TOKEN: wrongToken },
    });
    try {
      stack.declare([snapshot(waldur)]);
      const from = "the environment variable WALDUR_ACCESS_TOKEN";
      const request = `GET ${waldur.url}/api/users/me/`;
      expect(await previewFails(stack)).toEqual({
        nightly: [before + refused(request, from, `the setting ${namespace}:waldurApiUrl`)],
        ...(previewed ? { Stack: ["error: preview failed"] } : {}),
      });
      expect(waldur.requests).toHaveLength(1);
    } finally {
      stack.dispose();
      await waldur.close();
    }
  });

  it("of OpenStack, by the request for a token", async () => {
    const trilio = await startTrilio();
    const stack = await Stack.create({ env: { ...trilio.env(), OS_PASSWORD: "wrong" } });
    try {
      stack.declare([
        {
          type: "cinder:Snapshot",
          name: "nightly",
          args: { volumeId: "00509483-8db7-4185-ab38-79771873dc2e" },
        },
      ]);
      const { nightly = [] } = await previewFails(stack);
      expect(nightly).toHaveLength(1);
      expect(nightly[0]?.slice(before.length)).toMatch(
        /^POST http:\/\/127\.0\.0\.1:\d+\/v3\/auth\/tokens answered 401: .*signing in at .* with a password/,
      );
      expect(nightly[0]).toContain("Check the user, the domain, the project and the password");
    } finally {
      stack.dispose();
      await trilio.close();
    }
  });
});

it("settings that are missing or wrong are said once, each with its name and what would be right", async () => {
  const stack = await Stack.create({ config: { waldurApiUrl: "https://portal.example.com" } });
  try {
    stack.declare([
      { type: "Snapshot", name: "nightly", args: { volumeId: "005094838db74185ab3879771873dc2e" } },
    ]);
    const token = `${namespace}:waldurAccessToken`;
    expect(await previewFails(stack)).toEqual({
      nightly: [
        `error: ${token} is not set: set it with "pulumi config set --secret ${token} ..." or in WALDUR_ACCESS_TOKEN`,
      ],
    });

    stack.declare([
      {
        type: "cinder:Snapshot",
        name: "nightly",
        args: { volumeId: "00509483-8db7-4185-ab38-79771873dc2e" },
      },
    ]);
    await stack.configure(`${namespace}:cloud`, "prod");
    const messages = Object.values(await previewFails(stack)).flat();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^error: .*there is no cloud "prod"; there are: none \(no clouds\.yaml in /);

    await stack.configure(`${namespace}:front`, "plugn");
    expect(await programFails(stack)).toEqual({
      Stack: [
        `error: ${namespace}:front: invalid value "plugn": expected "dynamic" or "plugin"; ` +
          `set it with "pulumi config set ${namespace}:front ..."`,
      ],
    });
  } finally {
    stack.dispose();
  }
});

it.runIf(front === "plugin")(
  "a plugin that is not installed is missed by name, with the ways to get it",
  async () => {
    const stack = await Stack.create({ pluginSetting: false });
    try {
      stack.declare([
        { type: "Snapshot", name: "nightly", args: { volumeId: "005094838db74185ab3879771873dc2e" } },
      ]);
      const { Stack: messages = [], ...others } = await programFails(stack);
      expect(others).toEqual({});
      expect(messages[0]).toBe(
        `error: the plugin pulumi-resource-${namespace} is not installed, and ${namespace}:front or an explicit ` +
          "Provider asks for it. Either",
      );
      expect(messages.join("\n")).toContain("path: node_modules/pulumi-openstack-snapshots/bin");
      expect(messages.join("\n")).toContain("npx pulumi up");
      expect(messages.join("\n")).toContain(`pulumi plugin install resource ${namespace}`);
      expect(stack.printed).not.toContain("could not find latest version");
    } finally {
      stack.dispose();
    }
  },
);
