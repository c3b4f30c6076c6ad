import type { Kind, Row } from "./kinds";

const gibibyte = 1024;

/** What was found, for people: a line for each object below a line of headings. */
export function table({ columns }: Kind, rows: readonly Row[]): string[] {
  const headings = ["name", "uuid", "size", "state", ...columns].map((heading) => heading.toUpperCase());
  const lines = rows.map(({ name, uuid, size, state, cells }) =>
    [name, uuid, sizeText(size), state, ...cells].map((cell) => printable(cell || "-")),
  );
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

function sizeText(size: number | undefined): string | undefined {
  if (size === undefined) return undefined;
  return size % gibibyte === 0 ? `${size / gibibyte} GiB` : `${size} MiB`;
}
