/**
 * What a run of the engine says at its end, under "Diagnostics": the messages of each resource by its name in the
 * program, `Stack` for those of the stack itself. A message of several lines is several entries.
 *
 * @param text everything that the engine printed
 */
export function diagnosticsOf(text: string): Record<string, string[]> {
  const [, ...parts] = text.split(/^Diagnostics:$/m);
  const found: Record<string, string[]> = {};
  let messages: string[] = [];
  for (const line of (parts.at(-1) ?? "").split("\n")) {
    const [, type = "", name = ""] = /^ {2}(\S+) \((\S+)\):$/.exec(line) ?? [];
    if (name !== "") {
      messages = [];
      found[type === "pulumi:pulumi:Stack" ? "Stack" : name] = messages;
    } else if (/^ {4}/.test(line)) messages.push(line.trim());
    else if (line !== "") break;
  }
  return found;
}
