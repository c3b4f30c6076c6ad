import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { ImportFolder } from "../../cli/support/importing";
import { front, type Run } from "../../engine/support/stack";
import type { Api } from "../service/api";
import { attach, makeSnapshot, makeVolume, type Shown, untilSettled } from "../support/objects";
import { scenario } from "../support/scenario";

const folder = new ImportFolder();
afterEach(() => folder.remove());

it("what others have made comes under Pulumi as it is, and nothing is written", () =>
  scenario({ quotas: { volumes: 10, snapshots: 40, gigabytes: 100 } }, async ({ tenant, proxy, stack }) => {
    const { api, admin, user, cloud } = tenant;
    const { volumes, snapshots, failed } = await byOthers(api, admin);
    const env = {
      OS_AUTH_URL: cloud.keystone,
      OS_USERNAME: user.name,
      OS_PASSWORD: user.password,
      OS_PROJECT_NAME: user.project.name,
    };
    const { code, stdout, stderr } = await folder.run(
      ["snapshots", "--backend", "cinder", "--with-volumes"],
      env,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`broken (${failed}): its status is error`);
    const there = [...volumes, ...snapshots].sort();
    expect(stdout).toContain(`Wrote ${there.length} resources`);
    expect(folder.program()).not.toContain(user.password);
    stack.program(folder.compiled());

    if (front === "plugin") {
      const file = join(folder.path, "import.json");
      await stack.pulumi("import", "--file", file, "--generate-code=false", "--yes");
    } else {
      await stack.up();
    }
    const resources = Object.values(stack.resources());
    const ids = resources.flatMap(({ id }) => (id !== undefined && there.includes(id) ? [id] : []));
    expect(ids.sort()).toEqual(there);

    const { kept } = stack.resources();
    expect(kept?.inputs).toMatchObject({ keptUntil: "2035-01-01T00:00:00Z", retentionMode: "governance" });

    const allSame = ({ changes: { same = 0, ...others } }: Run) => {
      expect(others).toEqual({});
      expect(same).toBeGreaterThanOrEqual(there.length);
    };
    allSame(await stack.preview());
    allSame(await stack.up());
    // What the service itself kept among the metadata of a volume in use goes with the attachment.
    await admin.ok("POST", `/volumes/${volumes[0]}/action`, { body: { "os-detach": {} } });
    await untilSettled(api, "volume", String(volumes[0]));
    await stack.refresh();
    allSame(await stack.up());
    expect(proxy.writes).toEqual([]);
  }));

/** Snapshots of three volumes: some of the same name, some without, one with a retention, one that failed. */
async function byOthers(api: Api, admin: Api) {
  const data = await makeVolume(api, { name: "data 1", description: "old", metadata: { team: "a" } });
  const nameless = await makeVolume(api, { size: 2 });
  const all: Shown[] = [];
  for (let index = 0; index < 12; index++) {
    const volume = index % 2 === 0 ? data.id : nameless.id;
    const name = index % 4 === 3 ? {} : { name: `nightly ${index % 5}` };
    all.push(await makeSnapshot(api, volume, { ...name, metadata: { number: `${index}` } }));
  }
  const retention = { kept_until: "2035-01-01T00:00:00Z", retention_mode: "governance" };
  const kept = { name: "kept", description: "by law\n", metadata: { ...retention, "any key": "é" } };
  all.push(await makeSnapshot(api, data.id, kept));
  const [first] = all;
  const copy = await makeVolume(api, { name: "copy", snapshot_id: first?.id });
  all.push(await makeSnapshot(api, copy.id, { name: "of the copy" }));
  const failed = await makeSnapshot(api, data.id, { name: "broken", metadata: { inject: "fail_create" } });
  await attach(admin, data.id);
  return {
    volumes: [data.id, nameless.id, copy.id] as string[],
    snapshots: all.map(({ id }) => id),
    failed: String(failed.id),
  };
}
