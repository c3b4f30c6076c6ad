import { Dice } from "../dice";
import type { Answer } from "../wire/messages";
import { drawScope, type FaultKind } from "./kind";

type Change = (answer: Answer) => Answer;

/** A success whose body is not what it should be; the request was carried out. */
function spoiled(name: string, drawChange: (dice: Dice) => [label: string, change: Change]): FaultKind {
  return {
    name,
    draw(dice) {
      // What is changed is seen only in the run, which must not take from the dice of the schedule.
      const [label, change] = drawChange(new Dice(dice.whole(0, 1e9)));
      return {
        label,
        scope: drawScope(dice),
        times: 1 + dice.few(3),
        async carry({ commit }) {
          const answer = await commit();
          return { answer: answer.status < 300 ? change(answer) : answer };
        },
      };
    },
  };
}

function withBody(answer: Answer, body: string, type = "application/json"): Answer {
  const { "content-length": _length, ...headers } = answer.headers;
  return { ...answer, headers: { ...headers, "content-type": type }, body };
}

const always = (label: string, body: string, type?: string) =>
  spoiled(label, () => [label, (answer) => withBody(answer, body, type)]);

/** Other values for a field, by what it holds. */
function wrong(value: unknown, dice: Dice): unknown {
  const others = [null, 17, "text", true, [], {}, ["text"], { key: "value" }, -1];
  return dice.pick(others.filter((other) => typeof other !== typeof value || other === null));
}

/** One field somewhere in it gets a value of a wrong type. */
function mistyped(json: unknown, dice: Dice): unknown {
  if (Array.isArray(json)) {
    if (json.length === 0) return wrong(json, dice);
    const at = dice.whole(0, json.length - 1);
    return json.map((item, index) => (index === at ? mistyped(item, dice) : item));
  }
  if (typeof json !== "object" || json === null) return wrong(json, dice);
  const names = Object.keys(json);
  if (names.length === 0) return wrong(json, dice);
  const name = dice.pick(names);
  const values = json as Record<string, unknown>;
  const inner = typeof values[name] === "object" && values[name] !== null && dice.chance(0.7);
  return { ...json, [name]: inner ? mistyped(values[name], dice) : wrong(values[name], dice) };
}

/** Bodies that are no answer. */
export const bodies: FaultKind[] = [
  always("empty body", ""),
  always("body null", "null"),
  always("body {}", "{}"),
  always("body []", "[]"),
  always(
    "HTML body",
    "<!doctype html>\n<html><head><title>Sign in</title></head><body></body></html>\n",
    "text/html",
  ),
  spoiled("truncated body", (dice) => {
    const share = dice.pick([0.1, 0.5, 0.95]);
    return [
      `${share * 100} % of the body`,
      (answer) => withBody(answer, answer.body.slice(0, Math.floor(answer.body.length * share))),
    ];
  }),
  spoiled("wrong types", (dice) => [
    "a field of a wrong type",
    (answer) => {
      if (answer.body === "") return answer;
      return withBody(answer, JSON.stringify(mistyped(JSON.parse(answer.body), dice)));
    },
  ]),
];
