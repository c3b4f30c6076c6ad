const yes = new Set(["true", "yes", "on", "y", "1"]);
const no = new Set(["false", "no", "off", "n", "0"]);

/**
 * A boolean in any of the spellings of YAML 1.1 (`yes`, `No`, `on`, ...), or as 1 and 0.
 *
 * @returns `undefined` for anything else
 */
export function yamlBoolean(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}
