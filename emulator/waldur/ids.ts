/** The 32 hex digits behind an id that may be dashed or upper case (recording 02), or undefined. */
export function parseUuid(text: string): string | undefined {
  const bare = text.replaceAll("-", "").toLowerCase();
  return /^[0-9a-f]{32}$/.test(bare) ? bare : undefined;
}

/** A timestamp with microseconds and `Z`, as in `created`. @param ms milliseconds since the epoch */
export function timestamp(ms: number, micros = 0): string {
  return new Date(ms).toISOString().replace(/Z$/, `${`${micros}`.padStart(3, "0")}Z`);
}

/** A Django slug as in recordings 09 and 15: eight characters of the name, then a number per such start. */
export function slugStart(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replace(/[-\s]+/g, "-")
    .replace(/^[-_]+|[-_]+$/g, "");
  return slug.slice(0, 8);
}
