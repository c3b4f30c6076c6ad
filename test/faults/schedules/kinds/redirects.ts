import { drawCarried, drawScope, type FaultKind } from "./kind";

/** Who follows a redirect there gives the credential away. */
const strangeOrigin = "http://elsewhere.example";

/** Redirects, which some proxies send to sign in or to another path. */
export const redirects: FaultKind[] = [
  {
    name: "redirect",
    draw(dice) {
      const status = dice.pick([301, 302, 303, 307, 308]);
      const to = dice.pick([
        strangeOrigin,
        "https://127.0.0.1:1",
        "/",
        "",
        "//elsewhere.example",
        "::",
        undefined,
      ]);
      const carried = drawCarried(dice);
      return {
        label: `${status} to ${to ?? "nowhere"}, ${carried.label}`,
        scope: drawScope(dice),
        times: 1 + dice.few(4),
        async carry(wire) {
          await carried.run(wire);
          const path = to?.startsWith("http") ? wire.asked.path : "";
          const headers: Record<string, string> = { "content-type": "text/html" };
          if (to !== undefined) headers.location = to + path;
          return { answer: { status, headers, body: "" } };
        },
      };
    },
  },
];
