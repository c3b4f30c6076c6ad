import type { Readings } from "../../provider/core/http/witnesses";

/**
 * What clocks say, in milliseconds since the epoch.
 *
 * @param here this machine's
 * @param service the service's, by default the same; `null`: it tells no time
 * @param others other clocks by their names
 */
export function clocks(
  here: number,
  service: number | null = here,
  others: Record<string, number> = {},
): Readings {
  const told = service === null ? undefined : { of: "the service", at: service };
  return {
    service: told,
    all: [
      { of: "this machine", at: here },
      ...(told ? [told] : []),
      ...Object.entries(others).map(([of, at]) => ({ of, at })),
    ],
  };
}
