import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blockStorage } from "../../../provider/cinder/backend";
import { readAccess } from "../../../provider/openstack/access";
import { vendors } from "../../../provider/openstack/vendors";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "entries-"));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const auth = "auth: { auth_url: 'https://k.example.com', username: u, password: p, project_name: demo }";

/** What a cloud in clouds.yaml comes to. */
function access(entry: string, settings: Record<string, string> = {}, env: Record<string, string> = {}) {
  writeFileSync(join(cwd, "clouds.yaml"), `clouds:\n  it:\n${entry.replace(/^/gm, "    ")}\n`);
  const where = { cwd, machine: cwd, env: { HOME: cwd, XDG_CONFIG_DIRS: cwd, ...env } };
  return readAccess({ cloud: "it", ...settings }, where, blockStorage);
}

describe("a cloud of clouds.yaml", () => {
  it.each([["cloud: it"], ["cloud: own-name"], ["profile: none"], ["profile: https://vendor.example.com"]])(
    "with an unknown profile and an address is taken: %s",
    (profile) => {
      expect(access(`${profile}\n${auth}`).authUrl.href).toBe("https://k.example.com/v3");
    },
  );

  it.each(["no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE", "n", "0"])(
    "has verify: %s in YAML 1.1",
    (word) => {
      expect(access(`verify: ${word}\n${auth}`).insecure).toBe(true);
      expect(access(`insecure: ${word}\n${auth}`).insecure).toBe(false);
    },
  );

  it.each(["yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE", "y", "1"])(
    "has insecure: %s in YAML 1.1",
    (word) => {
      expect(access(`insecure: ${word}\n${auth}`).insecure).toBe(true);
      expect(access(`verify: ${word}\n${auth}`).insecure).toBe(false);
    },
  );

  it("may have a key twice", () => {
    expect(access(`region_name: A\nregion_name: A\n${auth}`).region).toBe("A");
    expect(access(`region_name: A\n${auth}\nregion_name: B`).region).toBe("B");
  });

  it("may have interfaces by preference, for all services or for one", () => {
    expect(access(`interface: [internal, public]\n${auth}`).interfaces).toEqual(["internal", "public"]);
    expect(access(`interface: admin\nvolume_interface: [internalURL, public]\n${auth}`).interfaces).toEqual([
      "internal",
      "public",
    ]);
    const nearer = { interface: "admin", region: "S" };
    expect(access(`volume_interface: internal\nvolume_region_name: V\n${auth}`, nearer)).toMatchObject({
      interfaces: ["admin"],
      region: "S",
    });
  });

  it("may have a trust instead of a project", () => {
    const found = access(auth.replace("project_name: demo", "trust_id: t"));
    expect(found).toMatchObject({ project: undefined, trust: "t" });
    expect(access(auth.replace("project_name: demo", "trust_id: t"), { projectId: "i" })).toMatchObject({
      project: { id: "i" },
      trust: undefined,
    });
  });

  it("may have null for whatever it does not say, and a file by a relative path", () => {
    writeFileSync(join(cwd, "ca.pem"), "the certificate");
    expect(access(`cacert: null\nregion_name: ~\n${auth}`)).toMatchObject({
      ca: undefined,
      region: undefined,
    });
    expect(access(`cacert: ./ca.pem\n${auth}`).ca).toBe("the certificate");
  });

  it("may have a microversion to ask with", () => {
    expect(access(`volume_api_version: 3\n${auth}`).service.microversion).toBeUndefined();
    expect(access(`volume_api_version: latest\n${auth}`).service.microversion).toBeUndefined();
    expect(access(`volume_api_version: 3.27\n${auth}`).service.microversion?.version).toBe("3.27");
    expect(access(`block_storage_default_microversion: 3.60\n${auth}`).service.microversion).toEqual({
      version: "3.60",
      by: `block_storage_default_microversion in cloud "it" of ${join(cwd, "clouds.yaml")}`,
    });
  });

  it.each(Object.entries(vendors))("takes the address and the region of the vendor %s", (name, vendor) => {
    const { authUrl, region } = access(
      "profile: NAME\nauth: { user_id: u, password: p, project_id: i }".replace("NAME", name),
    );
    const first = vendor.region_name ?? vendor.regions?.[0];
    expect(region).toBe(first);
    expect(authUrl.hostname).toBe(
      new URL(vendor.auth.auth_url.replace("{region_name}", first ?? "")).hostname,
    );
  });
});

describe("what is not supported in a cloud is named", () => {
  it.each([
    [
      "verify: maybe",
      /^invalid value "maybe" of verify in cloud "it" of .*clouds.yaml: expected true or false; set /,
    ],
    ["insecure: maybe", /^invalid value "maybe" of insecure in cloud "it" of .*: expected true or false$/],
    [
      "has_volume: off",
      /^has_volume in cloud "it" of .* says that there is no block storage: remove it, or use another cloud$/,
    ],
    [
      "volume_api_version: 2",
      /^block storage v2 is not supported, but volume_api_version in cloud "it" of .*/,
    ],
    [
      "volume_default_microversion: new",
      /^invalid value "new" of volume_default_microversion in .*: expected e.g. 3.71/,
    ],
    [
      "system_scope: all",
      /projectName: system_scope in cloud "it" of .* is "all", which is not supported: volumes and snapshots/,
    ],
    [
      "auth_type: v3oidcpassword",
      /authType: "v3oidcpassword" \(auth_type in cloud "it" of .*\) is not supported: expected password, /,
    ],
    [
      "auth_type: v3multifactor",
      /authType: "v3multifactor" \(auth_type in cloud "it" of .*\) is not supported: expected password, /,
    ],
    [
      "auth_type: v2password",
      /authType: "v2password" \(auth_type in cloud "it" of .*\) is not supported: expected password, /,
    ],
    [
      "interface: outer",
      /interface: invalid value "outer": expected public, internal or admin, or a list of them \(from /,
    ],
    ["volume_interface: [public, outer]", /interface: invalid value "outer": expected public, /],
    ["cacert: none.pem", /cacert: "none.pem" cannot be read: .* \(from cloud "it" of .*\)$/],
    [
      "volume_endpoint_override: nowhere",
      /blockStorageEndpoint: "nowhere" is not a URL; .* \(from cloud "it" of .*\)$/,
    ],
    [
      "regions: [{ values: {} }]",
      /cloud: invalid value in "regions" of the cloud "it" of .*: expected a name, or /,
    ],
  ])("%s", (line, message) => {
    expect(() => access(`${line}\n${auth}`)).toThrow(message);
  });

  it.each([
    [
      "ovh",
      /has the unknown profile "ovh"; profiles are not fetched: copy "auth_url" from https:\/\/ovhcloud.com\/.well-known/,
    ],
    [
      "none",
      /has the unknown profile "none"; give "auth_url" in the entry, .*; profiles that are known: auro, binero/,
    ],
  ])("the profile %s", (profile, message) => {
    expect(() => access(`profile: ${profile}\nauth: { user_id: u, password: p }`)).toThrow(message);
  });

  it("an address with a value in braces that is not given", () => {
    expect(() => access(auth.replace("k.example", "{region_name}.example"))).toThrow(
      /authUrl: "https:\/\/\{region_name\}.example.com" needs region_name in cloud "it" of .*, which is not set/,
    );
  });
});
