import type { Json } from "../http/json";
import type { Reply } from "../http/reply";
import type { Generation } from "./states";

/** The answers that differ between generations. */
export interface Answers {
  deleteSnapshot: Reply;
  /** Status of `restore/`; its body is always the new volume. */
  restoreStatus: number;
  pull: Reply;
  unlink: Reply;
  /** `extend/`, `retype/`, `attach/`, `detach/`. */
  volumeAction: (name: string) => Reply;
}

const pullScheduled: Json = { detail: "Pull operation was successfully scheduled." };

/** As recorded (07, 09, 10, 12), and as the API pages of newer servers have it (delete 204, restore 200, actions 200). */
export const answers: Record<Generation, Answers> = {
  "2024": {
    deleteSnapshot: { status: 202, body: { detail: "Deletion was scheduled." } },
    restoreStatus: 201,
    pull: { status: 202, body: pullScheduled },
    unlink: { status: 204 },
    volumeAction: (name) => ({ status: 202, body: { status: `${name} was scheduled` } }),
  },
  "2026": {
    deleteSnapshot: { status: 204 },
    restoreStatus: 200,
    pull: { status: 202 },
    unlink: { status: 204 },
    volumeAction: () => ({ status: 200 }),
  },
};
