import type { Identity } from "../core/resource/lifecycle";

/** The URN of a resource. @param token Pulumi's type of it, as the front in use spells it */
export function urnOf(token: string, { project, stack, name, parents }: Identity): string {
  const qualified = [parents, token].filter(Boolean).join("$");
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** What a URN says: which resource of which stack, and Pulumi's type of it. */
export function parseUrn(urn: string): Identity & { token: string } {
  const [head = "", project = "", qualified = "", ...name] = urn.split("::");
  const types = qualified.split("$");
  const parents = types.slice(0, -1).join("$");
  return {
    stack: head.replace(/^urn:pulumi:/, ""),
    project,
    // A name may hold "::" itself.
    name: name.join("::"),
    token: types.at(-1) ?? "",
    ...(parents ? { parents } : {}),
  };
}
