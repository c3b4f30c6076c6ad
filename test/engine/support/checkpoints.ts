/**
 * Has Pulumi write the state once, at the end of a run: by itself it writes all of it after every step, and with
 * hundreds of resources that takes most of a run. Not for tests of runs that are broken off, which live by it.
 */
export const oneCheckpoint = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
