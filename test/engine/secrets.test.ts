import { expect, it } from "vitest";
import { declaredOf, plainly, printOf } from "../support/recordedStates/prints";
import { restoration, scenario, snapshot, volume } from "./support/scenario";

it("the token is in no state and no output, and the provider's text is small and always the same", () =>
  scenario({ tokenFrom: "config" }, async ({ waldur, stack }) => {
    const token = waldur.tokens.owner;
    const secret = "the description is nobody's business";
    const declared = (more: Record<string, unknown>) => [
      volume(waldur),
      snapshot(waldur, { description: { $secret: secret }, ...more }),
      snapshot(waldur, {}, "other"),
      snapshot(waldur, { metadata: { $secret: { "key of a secret": 4711 } } }, "whole"),
      restoration(waldur),
    ];
    stack.declare(declared({}));
    await stack.up();
    const providers = providerTexts(stack.resources());
    expect(providers.nightly).toBe(providers.other);
    for (const text of Object.values(providers)) expect(Buffer.byteLength(text)).toBeLessThan(1500);

    stack.declare(declared({ keptUntil: "2031-01-31" }));
    await stack.up();
    expect(providerTexts(stack.resources())).toEqual(providers);

    // The server repeats the credential in its error: it must not get through.
    waldur.faults.add({
      method: "PATCH",
      times: Number.POSITIVE_INFINITY,
      action: { kind: "answer", status: 400, body: { detail: `Token ${token} is not welcome` } },
    });
    stack.declare(declared({ keptUntil: "2032-01-31" }));
    const text = await stack.upFails();
    expect(text).toContain("Token [secret] is not welcome");

    expect(token.length).toBeGreaterThan(20);
    expect(`${stack.printed}${stack.exported()}`).not.toContain(token);
    const state = stack.exported();
    expect(state).not.toContain(secret);
    // Nor anything by which somebody who guesses it could see that it is right.
    expect(state).toContain(printOf(waldur.ids.volumes["data-1"]));
    expect(state).not.toContain(printOf(secret));
    expect(state).not.toContain("key of a secret");
    expect(state).not.toContain(printOf({ "key of a secret": 4711 }));
    for (const { inputs } of Object.values(stack.resources())) {
      expect(state).not.toContain(printOf(declaredOf(plainly(inputs) as Record<string, unknown>)));
    }

    stack.declare(declared({ name: { $secret: `${secret} ${"x".repeat(200)}` } }));
    const wrong = await stack.upFails();
    expect(wrong).toContain("[secret]");
    expect(wrong).not.toContain(secret);
    for (const keptUntil of ["on St. Nimmerlein's Day", "7", 4711]) {
      stack.declare([snapshot(waldur, { keptUntil: { $secret: keptUntil } }, "dated")]);
      const refused = await stack.upFails();
      expect(refused).toContain("keptUntil");
      expect(refused).toContain("[secret]");
      expect(refused).not.toContain(String(keptUntil).length > 1 ? String(keptUntil) : '"7"');
    }
  }));

function providerTexts(
  resources: Record<string, { inputs: Record<string, unknown> }>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(resources).map(([name, { inputs }]) => [name, String(inputs.__provider)]),
  );
}
