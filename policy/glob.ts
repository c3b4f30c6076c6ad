/**
 * Whether a name matches one of the patterns, in which `*` stands for any text and everything else for
 * itself.
 *
 * @param patterns e.g. `["prod-*", "main"]`; with none, nothing matches
 */
export function matches(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join(".*")}$`, "s").test(name);
  });
}
