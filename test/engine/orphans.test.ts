import { afterEach, expect, it } from "vitest";
import { ImportFolder } from "../cli/support/importing";
import type { Listed } from "../cli/support/orphans";
import { Run } from "../cli/support/run";
import { routes, scenario, snapshot } from "./support/scenario";

const folder = new ImportFolder();
afterEach(() => folder.remove());

it("what pulumi state delete has taken out is listed in the project's folder, and adopted by what that writes", () =>
  scenario({}, async ({ waldur, stack, sent }) => {
    const orphans = (...args: string[]) => {
      const { cwd, env } = stack.place;
      const server = { WALDUR_API_URL: `${waldur.url}/api/`, WALDUR_ACCESS_TOKEN: waldur.tokens.owner };
      return new Run(["orphans", "--stack", "test", ...args], { cwd, env: { ...env, ...server } }).outcome();
    };
    stack.declare([snapshot(waldur), snapshot(waldur, {}, "weekly")]);
    await stack.up();
    const nothing = { code: 0, stdout: "No orphans: nothing is left over.\n", stderr: "" };
    expect(await orphans()).toEqual(nothing);

    const { id = "", urn = "" } = stack.resources().nightly ?? {};
    await stack.pulumi("state", "delete", urn, "--yes");
    const { code, stdout, stderr } = await orphans("-o", "json");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const [one, ...more] = JSON.parse(stdout) as Listed[];
    expect(more).toEqual([]);
    expect(one).toMatchObject({ id, stack: "test", resource: { name: "nightly", inState: false } });

    const [, deed = "", of = ""] = /(--adopt) (\S+)$/.exec(one?.adopt ?? "") ?? [];
    expect(await orphans(deed, of, "--out", folder.path)).toMatchObject({ code: 0 });
    stack.program(folder.compiled());
    await stack.up({ target: [urn] });
    expect(stack.resources().nightly?.id).toBe(id);
    expect(stack.resources()).toHaveProperty("weekly");
    expect(sent(routes.snapshot)).toHaveLength(2);
    expect(await orphans()).toEqual(nothing);
  }));
