import fc from "fast-check";

// A mutant is run against every property that reaches it. Always the same examples, so that a score can be compared
// with the one before.
fc.configureGlobal({ numRuns: 25, seed: 1 });
