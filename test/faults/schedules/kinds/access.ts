import { isSignIn } from "../wire/messages";
import type { FaultKind } from "./kind";
import { page } from "./lost";

/** Whoever may not, or cannot prove that it may. */
export const access: FaultKind[] = [
  {
    name: "Keystone down",
    draw(dice) {
      const how = dice.pick(["refused", "silent", 500, 503, 429] as const);
      return {
        label: `Keystone: ${how}`,
        scope: "signIn",
        times: dice.pick([1, 4, 12, 40]),
        async carry() {
          if (how === "refused") return { broken: "ECONNREFUSED" };
          return how === "silent" ? "silence" : { answer: page(how) };
        },
      };
    },
  },
  {
    name: "token revoked",
    draw: (dice) => ({
      label: "every token ends",
      scope: "service",
      fits: (asked, world) => world.backend !== "waldur" && !isSignIn(asked),
      times: 1 + dice.few(4),
      async carry({ world, commit }) {
        world.revoke();
        return { answer: await commit() };
      },
    }),
  },
  {
    name: "lost role",
    draw: (dice) => {
      const times = dice.pick([1, 4, 20]);
      return {
        label: "the user's role is gone for this request",
        scope: "service",
        fits: (asked) => !isSignIn(asked),
        times,
        async carry({ world, commit }) {
          const giveBack = world.loseRole();
          const answer = await commit();
          giveBack();
          return { answer };
        },
      };
    },
  },
  {
    name: "secret in the answer",
    draw: (dice) => {
      const status = dice.pick([400, 403, 500, 200]);
      return {
        label: `${status} that repeats the request's headers`,
        scope: dice.pick(["any", "write", "read", "signIn"] as const),
        times: 1 + dice.few(2),
        carry: async ({ asked }) => {
          const body = JSON.stringify({
            detail: `bad request: ${JSON.stringify(asked.headers)} ${asked.body}`,
          });
          return { answer: { status, headers: { "content-type": "application/json" }, body } };
        },
      };
    },
  },
];
