import { afterEach, describe, expect, it, vi } from "vitest";
import { ask, unknown } from "../support/pack";

const rule = "no-plain-http";
const stack = { type: "pulumi:pulumi:Stack", name: "site-prod" };
const provider = (props: Record<string, unknown>, name = "site-b") => ({
  type: "pulumi:providers:openstack-snapshots",
  name,
  props,
});
/** The engine passes the stack's configuration in the environment. */
const configured = (config: Record<string, string>) => vi.stubEnv("PULUMI_CONFIG", JSON.stringify(config));

afterEach(() => {
  vi.unstubAllEnvs();
});

describe(rule, () => {
  it("refuses plain http in the configuration, and shows no password", async () => {
    configured({
      "openstack-snapshots:waldurApiUrl": "http://user:secret@portal.example.com:8000/api/",
      "openstack-snapshots:authUrl": "https://keystone.example.com/v3",
      "openstack-snapshots:front": "plugin",
      "other:url": "http://other.example.com",
    });
    const [said, ...others] = await ask(rule, stack);
    expect(others).toEqual([]);
    expect(said?.level).toBe("mandatory");
    expect(said?.message).toContain(
      "the configuration: found waldurApiUrl at http://portal.example.com:8000; wanted https, because " +
        "credentials are sent there. Run pulumi config set openstack-snapshots:waldurApiUrl https://portal",
    );
    expect(said?.message).not.toContain("secret");
    expect(await ask(rule, stack, { config: { hosts: ["*.example.com"] } })).toEqual([]);
  });

  it("takes this machine, and no configuration at all", async () => {
    expect(await ask(rule, stack)).toEqual([]);
    configured({ "openstack-snapshots:waldurApiUrl": "http://127.0.0.1:8080/api/" });
    expect(await ask(rule, stack)).toEqual([]);
    expect(await ask(rule, { type: "waldur:Snapshot" })).toEqual([]);
  });

  it("looks at explicit providers", async () => {
    const plain = { waldurApiUrl: "http://site-b.example.com/api/" };
    const [said] = await ask(rule, provider(plain));
    expect(said?.message).toContain('Provider "site-b": found waldurApiUrl at http://site-b.example.com;');
    expect(said?.message).toContain('Set waldurApiUrl: "https://site-b.example.com/..."');
    expect(await ask(rule, provider(plain), { config: { exemptNames: ["site-*"] } })).toEqual([]);
    expect(await ask(rule, provider({ waldurApiUrl: "https://site-b.example.com/" }))).toEqual([]);
    // What it has comes from the configuration.
    expect(await ask(rule, provider(plain, "default_0_1_0"))).toEqual([]);
  });

  it("notes an address that is not known yet", async () => {
    const [said] = await ask(rule, provider({ waldurApiUrl: unknown }));
    expect(said).toMatchObject({
      level: "advisory",
      message: expect.stringContaining('not checked: waldurApiUrl of Provider "site-b"'),
    });
  });
});
