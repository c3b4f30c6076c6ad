import { type Guess, type Guesses, guessNames, guessTable } from "../../emulator/index";

const evidence = {
  guess: "nothing public says it",
  inferred: "follows from samples or tests",
  varies: "sources or versions differ",
};

function entry(guess: Guess, name: string, value: string | number | boolean): string[] {
  const own = value === guess.default ? "" : ` (default: ${guess.default})`;
  const values = typeof guess.values === "string" ? `any ${guess.values}` : guess.values.join(" | ");
  return [
    `${name} = ${value === "" ? '""' : value}${own}`,
    `    ${guess.decides}`,
    `    takes ${values}; ${guess.evidence}: ${evidence[guess.evidence]}; contract section ${guess.section}`,
  ];
}

/** The table of guesses with the values that are in force; ends with a newline. */
export function guessList(values: Guesses): string {
  return [
    `${guessNames.length} things that the emulated Trilio does and no public source proves, with values.`,
    "To set one: openstack-snapshots emulator --trilio --guess NAME=VALUE (may be repeated).",
    "",
    ...guessNames.flatMap((name) => entry(guessTable[name], name, values[name])),
    "",
  ].join("\n");
}
