import { z } from "zod";
import { stable } from "../../core/resource/field";
import { withoutMark } from "../../core/resource/mark";
import { defined } from "../../core/values";
import { timestamp, type WireRestore } from "../wire";
import { restoreKind, restoreOptions } from "./options";
import { kindOf, optionsOf } from "./wireOptions";

const text = (description: string) => z.string().optional().describe(description);
const number = (description: string) => z.number().optional().describe(description);
const list = (description: string) => z.array(z.json()).optional().describe(description);

/** An instance that a restore made or overwrote. Contract, section 4. */
const restoredInstance = z
  .object({
    id: z.string().describe("ID of the restored instance"),
    originalId: text("ID of the instance that the snapshot was taken of"),
    name: text("Name of the restored instance"),
    status: text("Status of its restore"),
  })
  .meta({ title: "RestoredInstanceRow", description: "An instance that a restore made or overwrote." });

/** What a restore is, in our terms. API page: Get Restore; contract, section 4. */
export const restoreRow = z.object({
  id: z.string().describe("ID of the restore"),
  snapshot: text("ID of the snapshot"),
  workload: stable(text("ID of the workload")),
  name: text("Name"),
  description: text("Description"),
  kind: restoreKind.optional(),
  options: restoreOptions.optional(),
  status: z
    .string()
    .describe("available, error or cancelled at the end; restoring, or any other, on the way"),
  size: number("Bytes to restore"),
  uploadedSize: number("Bytes restored"),
  timeTaken: number("Seconds that it took"),
  createdAt: stable(text("Time of the request, ISO 8601")),
  finishedAt: text("Time of the end, good or bad, ISO 8601"),
  host: text("The node of Trilio that did it"),
  instances: z.array(restoredInstance).optional().describe("Instances that were restored"),
  networks: list("Networks that were restored, as the server shows them"),
  subnets: list("Subnets that were restored, as the server shows them"),
  routers: list("Routers that were restored, as the server shows them"),
  metadata: z.record(z.string(), z.string()).optional().describe("What Trilio notes about the restore"),
  errorMessage: text("Why it failed"),
  warningMessage: text("What went not quite well"),
  projectId: stable(text("ID of the project")),
  userId: text("ID of the user who asked for it"),
});

/** A restore in our terms. */
export type RestoreRow = z.output<typeof restoreRow>;

/** A description without the provider's mark. */
function shownDescription(description: string | undefined): string | undefined {
  const { text = "", mark } = description === undefined ? {} : withoutMark(description);
  return mark && text === "" ? undefined : description && text;
}

/** A restore as the server shows it, in our terms. */
export function rowOf(restore: WireRestore): RestoreRow {
  const metadata = restore.metadata?.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]]));
  return defined({
    id: restore.id,
    snapshot: restore.snapshot_id,
    workload: restore.workload_id,
    name: restore.name,
    description: shownDescription(restore.description),
    kind: kindOf(restore.restore_options),
    options: optionsOf(restore.restore_options),
    status: restore.status,
    size: restore.size,
    uploadedSize: restore.uploaded_size,
    timeTaken: restore.time_taken,
    createdAt: timestamp(restore.created_at),
    finishedAt: timestamp(restore.finished_at),
    host: restore.host || undefined,
    instances: restore.instances?.map(({ id, name, status, metadata: notes }) =>
      defined({ id, originalId: notes?.instance_id, name, status }),
    ),
    networks: restore.networks,
    subnets: restore.subnets,
    routers: restore.routers,
    // The list shows it, the show of the same restore has it empty (contract, section 4).
    metadata: metadata?.length ? Object.fromEntries(metadata) : undefined,
    errorMessage: restore.error_msg || undefined,
    warningMessage: restore.warning_msg || undefined,
    projectId: restore.project_id,
    userId: restore.user_id,
  }) as RestoreRow;
}
