/** What was found, for people: a line for each row below a line of headings; those of the first row are all. */
export function table(rows: readonly Readonly<Record<string, string | undefined>>[]): string[] {
  const headings = Object.keys(rows[0] ?? {}).map((heading) => heading.toUpperCase());
  const lines = rows.map((row) => Object.values(row).map((cell) => printable(cell || "-")));
  const widths = headings.map((heading, index) =>
    [heading, ...lines.map((line) => line[index] ?? "")].reduce(
      (most, { length }) => Math.max(most, length),
      0,
    ),
  );
  return [headings, ...lines].map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** A text of somebody else's that is safe to print: without line ends and what steers a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
}
