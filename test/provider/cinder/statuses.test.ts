import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Brief } from "../../../provider/cinder/client";
import { untilChanged, untilDeleted } from "../../../provider/cinder/goals";
import { meaningOf, seenOf, snapshotStatuses, volumeStatuses } from "../../../provider/cinder/statuses";
import * as goals from "../../../provider/core/resource/goals";

const at = (status: string) => ({ id: "1", status });
/** A goal for objects of a kind, judging them as a wait has them. */
const on = (kind: "snapshot" | "volume", goal: goals.Goal<Brief>) => (brief: Brief | undefined) =>
  goal(brief && seenOf(kind, brief), brief);
const untilReady = (kind: "snapshot" | "volume") => on(kind, goals.untilReady());
const untilSettled = (kind: "snapshot" | "volume") => on(kind, goals.untilSettled());
const untilGone = (kind: "snapshot" | "volume") => on(kind, untilDeleted());
const all = { snapshot: Object.keys(snapshotStatuses), volume: Object.keys(volumeStatuses) } as const;

describe.each(["snapshot", "volume"] as const)("statuses of a %s", (kind) => {
  it("are each in the table of the documents, and no others", () => {
    const text = readFileSync(join(__dirname, "../../../docs/cinder-statuses.md"), "utf8");
    const [, section = ""] = text.split(kind === "snapshot" ? "## Snapshots" : "## Volumes");
    const rows = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => /^\| `/.test(line));
    const documented = rows.flatMap((row) =>
      [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, s]) => s),
    );
    expect(documented.sort()).toEqual([...all[kind]].sort());
  });

  it("that nobody knows are waited for", () => {
    expect(untilReady(kind)(at("polishing"))).toEqual({ is: "pending", state: "polishing" });
    expect(untilSettled(kind)(at("polishing")).is).toBe("pending");
    expect(untilGone(kind)(at("polishing")).is).toBe("pending");
  });

  it.each(all[kind])("%s ends a wait for use as it should", (status) => {
    const expected = { ready: "done", working: "pending", failed: "failed", gone: "failed" };
    expect(untilReady(kind)(at(status)).is).toBe(expected[meaningOf(kind, status)]);
  });

  it("a deletion is done with the object alone, and fails where it goes back", () => {
    expect(untilGone(kind)(undefined).is).toBe("done");
    expect(untilGone(kind)(at("deleted")).is).toBe("done");
    expect(untilGone(kind)(at("error_deleting")).is).toBe("failed");
    for (const back of ["available", "error"]) {
      const goal = untilGone(kind);
      expect(goal(at("deleting")).is).toBe("pending");
      expect(goal(at(back)).is).toBe("failed");
    }
  });

  it("one look that comes too early is not believed", () => {
    const goal = untilGone(kind);
    expect(goal(at("available")).is).toBe("pending");
    expect(goal(at("deleting")).is).toBe("pending");
    expect(goal(undefined).is).toBe("done");
  });
});

describe("a change of a volume", () => {
  const grown = () =>
    on(
      "volume",
      untilChanged((volume) => volume.size === 2, "it has not grown"),
    );

  it("is done where it shows, also of an attached volume", () => {
    const goal = grown();
    expect(goal({ ...at("extending"), size: 1 }).is).toBe("pending");
    expect(goal({ ...at("in-use"), size: 2 })).toEqual({ is: "done", state: "in-use" });
  });

  it("fails where the volume is ready again without it, or in error", () => {
    const goal = grown();
    expect(goal({ ...at("extending"), size: 1 }).is).toBe("pending");
    expect(goal({ ...at("available"), size: 1 })).toMatchObject({ is: "failed", reason: "it has not grown" });
    expect(grown()({ ...at("error_extending"), size: 1 }).is).toBe("failed");
    expect(grown()(undefined)).toMatchObject({ is: "failed", state: "gone" });
  });
});
