/** Where a resource's state keeps prints of the arguments that were applied last. */
export const appliedKey = "__applied";
