import type { Update } from "../support/case";
import type { World } from "../support/worlds";

/** Changes that every object with a name and a description can have. */
export const renamed: Update<World>[] = [
  {
    what: "a name and a description",
    change: () => ({ name: "weekly", description: "of the whole shop" }),
    detailed: { name: "UPDATE", description: "UPDATE" },
    shows: { name: "declared", description: "declared" },
  },
  {
    what: "a description that is taken out",
    change: () => ({ description: undefined }),
    detailed: { description: "DELETE" },
    shows: { description: "unknown" },
  },
];
