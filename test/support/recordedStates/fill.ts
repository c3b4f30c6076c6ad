import type { Deployment, RecordedResource } from "./deployment";
import { declaredOf, plainly, printOf } from "./prints";

/** What servers show: JSON by the name of the thing. Placeholders point into them. */
export type Documents = Record<string, unknown>;

const placeholder = /\{\{([^{}]+)\}\}/g;
const alone = /^\{\{([^{}]+)\}\}$/;

/**
 * Puts values in for placeholders: `{{data/uuid}}` is the value `uuid` of the document `data`, `{{data/uuid#dashed}}` the
 * same spelled with dashes. What the documents do not hold is left as it is.
 */
export function filled<T>(value: T, documents: Documents): T {
  return walk(value, (path) => lookUp(path, documents)) as T;
}

/** Fills a whole deployment, prints last. @throws where a placeholder is left */
export function filledDeployment(deployment: Deployment, documents: Documents): Deployment {
  const first = filled(deployment, documents);
  const resources = first.deployment.resources.map(withPrints);
  const done = { ...first, deployment: { ...first.deployment, resources } };
  const left = JSON.stringify(done).match(placeholder);
  if (left) throw new Error(`nothing to put in for ${[...new Set(left)].join(", ")}`);
  return done;
}

/** `{{print inputs/sourceVolume}}` is the print of that argument of the same resource, `{{print declared}}` of all. */
function withPrints(resource: RecordedResource): RecordedResource {
  const { inputs = {}, outputs = {} } = plainly(resource) as RecordedResource;
  const values = { inputs, outputs, declared: declaredOf(inputs) };
  return walk(resource, (path) => {
    const [, of] = /^print (.+)$/.exec(path) ?? [];
    return of === undefined ? undefined : printOf(lookUp(of, values));
  }) as RecordedResource;
}

function walk(value: unknown, resolve: (path: string) => unknown): unknown {
  if (typeof value === "string") {
    const [, whole] = alone.exec(value) ?? [];
    if (whole !== undefined) return resolve(whole) ?? value;
    return value.replace(placeholder, (text, path: string) => String(resolve(path) ?? text));
  }
  if (Array.isArray(value)) return value.map((inner) => walk(inner, resolve));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, resolve)]));
}

/** Other spellings of a value, by the name after `#`. */
export const spellings: Record<string, (text: string) => string> = {
  dashed: (uuid) => uuid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
  plain: (uuid) => uuid.replaceAll("-", ""),
  // Cinder and Trilio write times without the zone, which is UTC; Trilio at times with a fraction and at times without.
  zoned: (time) => `${time}Z`,
  seconds: (time) => `${time.slice(0, 19)}Z`,
};

function lookUp(path: string, documents: Documents): unknown {
  const [plain = "", spelling] = path.split("#");
  const step = (inner: unknown, key: string) => (inner as Documents | null | undefined)?.[key];
  const found = plain.split("/").reduce<unknown>(step, documents);
  const spelled = spelling === undefined ? undefined : spellings[spelling];
  return spelled && typeof found === "string" ? spelled(found) : found;
}
