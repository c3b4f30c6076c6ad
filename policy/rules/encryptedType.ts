import { z } from "zod";
import { uuidIn } from "../../provider/core/values";
import { resourceRule } from "../resourceRule";
import { text } from "../subject";

/** The volume types that encrypt are known only to those who run the cloud, so they are listed. */
export const encryptedType = resourceRule({
  name: "encrypted-type",
  description: "A volume is of an encrypted type.",
  level: "advisory",
  kinds: ["Volume", "SnapshotRestoration"],
  options: {
    types: z
      .array(z.string().min(1))
      .describe("The encrypted volume types: names or ids. With none, the rule checks nothing")
      .default([]),
    allowDefault: z.boolean().describe("Accept volumes that name no type").default(false),
  },
  check(subject, { types, allowDefault }, report) {
    if (types.length === 0) return;
    const property = subject.type === "waldur:Volume" ? "type" : "volumeType";
    const type = text(subject, property);
    if (type === undefined) {
      const copied = ["snapshotId", "sourceVolumeId"].some((source) => subject.props[source] !== undefined);
      // What is made from a snapshot or a volume has the type of that.
      if (allowDefault || copied || subject.kind !== "Volume") return;
    } else if (types.some((each) => each === type || (uuidIn(each) ?? each) === uuidIn(type))) return;
    report({
      found: type === undefined ? "no volume type, so the default of the cloud" : `the volume type "${type}"`,
      wanted: `one of ${types.join(", ")}`,
      fix: `Set ${property}: "${types[0]}"`,
    });
  },
});
