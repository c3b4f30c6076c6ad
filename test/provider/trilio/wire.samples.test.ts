import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../provider/trilio/restoration/body";
import { rowOf } from "../../../provider/trilio/restoration/row";
import { kindOf, optionsOf } from "../../../provider/trilio/restoration/wireOptions";
import { optionsFields, restoreFields, timestamp } from "../../../provider/trilio/wire";

/** One operation of the API page with its samples. */
interface Sample {
  request: { body?: { restore: { name: string; description: string; options: Record<string, unknown> } } };
  response: { body: { restore?: unknown; restores?: unknown[] } };
}

function sample(name: string): Sample {
  return JSON.parse(readFileSync(join(__dirname, `../../recordings/trilio/${name}.json`), "utf8"));
}

describe("the samples of the API page", () => {
  it.each(["oneclick", "selective", "inplace"])("%s: its own arguments come to its body again", (name) => {
    const body = sample(name).request.body;
    if (body === undefined) throw new Error(`the sample ${name} has no body`);
    const { name: title, description, options } = body.restore;
    const echo = optionsFields.parse(options);
    const kind = kindOf(echo);
    if (kind === undefined) throw new Error(`the sample ${name} is of no kind`);
    expect(bodyOf({ kind, name: title, description, options: optionsOf(echo) })).toEqual(body);
  });

  it.each(["oneclick", "selective", "inplace"])("%s: its answer is read, as begun", (name) => {
    const { response, request } = sample(name);
    const row = rowOf(restoreFields.parse(response.body.restore));
    expect(row).toMatchObject({ status: "restoring", size: 0, timeTaken: 0, ...only(request.body?.restore) });
    expect(row).not.toHaveProperty("finishedAt");
    expect(row).not.toHaveProperty("host");
  });

  it("list: both restores, the failed one with its reason", () => {
    const rows = (sample("list").response.body.restores ?? []).map((each) =>
      rowOf(restoreFields.parse(each)),
    );
    expect(rows.map(({ status, timeTaken, kind }) => [status, timeTaken, kind])).toEqual([
      ["available", 580, "one-click"],
      ["error", 476, "one-click"],
    ]);
    expect(rows[1]?.errorMessage).toBe(
      "Failed restoring snapshot: Error creating instance e271bd6e-f53e-4ebc-875a-5787cc4dddf7",
    );
    expect(rows[0]?.metadata).toEqual({
      data_transfer_time: "0",
      object_store_transfer_time: "0",
      restore_user_selected_value: "Oneclick Restore",
    });
  });

  it("show: with the instances that were made, of which originals, and no metadata", () => {
    const row = rowOf(restoreFields.parse(sample("show").response.body.restore));
    expect(row).toMatchObject({
      id: "29fdc1f8-1d53-4a10-bb45-e539a64cdbfc",
      workload: "18b809de-d7c8-41e2-867d-4a306407fb11",
      createdAt: "2020-11-05T10:17:40Z",
      finishedAt: "2020-11-05T10:27:20Z",
      host: "TVM2",
      instances: [
        {
          id: "1fb104bf-7e2b-4cb6-84f6-96aabc8f1dd2",
          originalId: "67d6a100-fee6-4aa5-83a1-66b070d2eabe",
          name: "cirros-2",
          status: "available",
        },
        { originalId: "e33c1eea-c533-4945-864d-0da1fc002070" },
      ],
    });
    expect(row).not.toHaveProperty("metadata");
    expect(JSON.stringify(row)).not.toContain("wlm_backend");
  });
});

describe("a restore of an other server", () => {
  it("is read as long as it has an id", () => {
    const odd = {
      id: "x",
      status: " RESTORING ",
      size: "12",
      instances: [{ name: "no id" }],
      restore_options: [],
    };
    expect(rowOf(restoreFields.parse(odd))).toEqual({
      id: "x",
      status: "restoring",
      size: 12,
      instances: [],
    });
    expect(rowOf(restoreFields.parse({ id: "x", status: null, metadata: null }))).toEqual({
      id: "x",
      status: "unknown",
    });
    expect(restoreFields.safeParse({ status: "available" }).success).toBe(false);
  });
});

describe("times", () => {
  it("lose their fraction and say that they are UTC", () => {
    expect(timestamp("2020-11-05T14:30:56.048656")).toBe("2020-11-05T14:30:56Z");
    expect(timestamp("2020-11-05T14:30:56.000000")).toBe("2020-11-05T14:30:56Z");
    expect(timestamp(undefined)).toBeUndefined();
  });
});

function only(restore: { name: string; description: string } | undefined) {
  return { name: restore?.name, description: restore?.description };
}
