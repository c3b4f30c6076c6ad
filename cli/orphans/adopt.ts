import { type Declaration, declarations } from "../import/declarations";
import type { Files } from "../import/files";
import type { Declarable, Item } from "../import/kinds";
import { printable } from "../table";
import type { OrphansOptions } from "./options";
import type { Orphan } from "./orphans";
import { what } from "./show";

/** What is not done, and why. */
export interface Refused {
  orphan: Orphan;
  reason: string;
}

/** What became of an adoption. */
interface Adoption {
  adopted: Declaration[];
  refused: Refused[];
}

/** Writes the files that import orphans, unless none of them can be declared. */
export function adopt(orphans: readonly Orphan[], { marked }: OrphansOptions, files: Files): Adoption {
  const refused: Refused[] = [];
  const groups = new Map<string, { kind: Declarable; members: { item: Item; orphan: Orphan }[] }>();
  for (const orphan of orphans) {
    const declared = orphan.object.declare?.(orphan.resource?.type);
    if (declared === undefined) {
      refused.push({ orphan, reason: 'an order is taken up by "pulumi up" with its resource, not imported' });
      continue;
    }
    const { kind, item } = declared;
    const group = groups.get(kind.type) ?? { kind, members: [] };
    groups.set(kind.type, group);
    group.members.push({ item: { ...item, name: nameFor(orphan, kind) ?? item.name }, orphan });
  }
  const adopted = [...groups.values()].flatMap(({ kind, members }) => {
    const taken = new Set(orphans.flatMap(({ stack }) => [...(stack?.namesOf(kind.type) ?? [])]));
    const { declared, leftOut } = declarations(
      kind,
      members.map(({ item }) => item),
      taken,
    );
    for (const { item, reason } of leftOut) {
      const of = members.find((each) => each.item === item)?.orphan;
      if (of) refused.push({ orphan: of, reason });
    }
    return declared;
  });
  const isSnapshot = ({ kind }: Declaration) => kind.word === "snapshot";
  if (adopted.length > 0) {
    const volumes = adopted.filter((each) => !isSnapshot(each));
    files.write(marked.module, volumes, adopted.filter(isSnapshot));
  }
  return { adopted, refused };
}

/** The name of the resource that is taken out of the state, so that the program declares it as before. */
function nameFor({ resource }: Orphan, kind: Declarable): string | undefined {
  const fits = resource !== undefined && resource.type === kind.type && resource.parents === undefined;
  return fits && !resource.inState ? resource.name : undefined;
}

/** What was refused, as lines. */
export function refusals(title: string, refused: readonly Refused[]): string[] {
  if (refused.length === 0) return [];
  return [title, ...refused.map(({ orphan, reason }) => `  ${what(orphan)}: ${printable(reason)}`), ""];
}
