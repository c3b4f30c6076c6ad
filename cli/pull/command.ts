import { originOf, readSettings } from "../../provider/core/backend";
import { UserError } from "../../provider/core/errors";
import { subject } from "../../provider/core/resource/object";
import { waldur } from "../../provider/waldur/backend";
import { pull, type WaldurKind, waldurObjects } from "../../provider/waldur/object";
import { seenOf } from "../../provider/waldur/states";
import { command, UsageError } from "../command";
import type { Io } from "../io";
import { operation } from "../operation";
import { helpOption, optionLines, parseOptions } from "../options";
import { printable } from "../table";

/** What to pull. */
interface PullOptions {
  kind: WaldurKind;
  /** As it was given: a uuid, or a URL that ends in one. */
  reference: string;
}

/** `openstack-snapshots pull`. */
export const pullCommand = command<PullOptions>({
  name: "pull",
  summary: "have Waldur synchronise a snapshot or volume with OpenStack",
  usage: pullUsage,
  parse: pullOptions,
  run: pullObject,
});

function pullUsage(): string {
  return [
    "Usage: openstack-snapshots pull snapshot|volume UUID",
    "",
    "Has Waldur synchronise its record of a snapshot or volume with OpenStack, waits for the end of that, and",
    "prints the state. A volume whose last change has failed (ERRED, although OpenStack has it as available) is",
    "OK again afterwards. On servers of 2024 the pull of a snapshot always ends ERRED.",
    "",
    "Server and token come from WALDUR_API_URL and WALDUR_ACCESS_TOKEN.",
    "",
    "Options:",
    ...optionLines(helpOption),
    "",
  ].join("\n");
}

function pullOptions([kind, reference, ...others]: readonly string[]): PullOptions {
  if (kind !== "snapshot" && kind !== "volume")
    throw new UsageError(`expected "snapshot" or "volume", not ${kind ? `"${kind}"` : "nothing"}`);
  if (!reference || reference.startsWith("-")) throw new UsageError(`expected the uuid of a ${kind}`);
  parseOptions({}, others);
  return { kind, reference };
}

async function pullObject({ kind, reference }: PullOptions, io: Io): Promise<number> {
  const { clock, stdout } = io;
  const configured = () => undefined;
  const settings = readSettings(waldur.settings, configured, io.env);
  const client = waldur.connect(settings, clock, io, originOf(waldur.settings, configured));
  const id = client.uuid(kind, reference);
  return operation(client, io, async (ctx) => {
    const before = await waldurObjects.read(ctx, { kind, id });
    if (before === undefined) throw new UserError(`there is no ${kind} ${id}`);
    const on = subject(kind, id, before.name);
    await pull(ctx, on);
    const after = await waldurObjects.read(ctx, on);
    const reason = after && seenOf(after).meaning === "failed" && (after.errorMessage || "no reason given");
    stdout.write(`${printable(`${on.what}: ${after?.state ?? "gone"}${reason ? `: ${reason}` : ""}`)}\n`);
    return reason ? 1 : 0;
  });
}
