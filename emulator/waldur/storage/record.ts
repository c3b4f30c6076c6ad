import type { CloudRow } from "../model";
import type { World } from "../world";

/** What a volume's and a snapshot's record have in common before anything happened to it in the cloud. */
export function newCloudRow(
  world: World,
  kind: "volume" | "snapshot",
  { name, size, tenantUuid }: Pick<CloudRow, "name" | "size" | "tenantUuid">,
): CloudRow {
  return {
    ...world.newRow(kind, name),
    size,
    tenantUuid,
    description: "",
    state: "Creation Scheduled",
    runtimeState: "",
    metadata: "",
    backendId: null,
    action: "",
    actionDetails: {},
    errorMessage: "",
    errorTraceback: "",
  };
}
