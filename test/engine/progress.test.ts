import { expect, it } from "vitest";
import { scenario, snapshot } from "./support/scenario";

it("a wait shows its state, its age and how many are ready, and leaves no line behind", () =>
  scenario({ speed: 4, maxProvisioning: Number.POSITIVE_INFINITY }, async ({ waldur, stack }) => {
    stack.declare(["a", "b", "c"].map((name) => snapshot(waldur, { name }, name)));
    const passing: string[] = [];
    const { text } = await stack.up({
      onEvent({ diagnosticEvent }) {
        if (diagnosticEvent?.ephemeral) passing.push(`${diagnosticEvent.urn} ${diagnosticEvent.message}`);
      },
    });
    expect(passing).toContainEqual(
      expect.stringMatching(/Snapshot::[abc] .*\bCREATING, \d+ s; \d of 3 ready/i),
    );
    // Without a terminal the display shows what passes as it comes; what lasts would be among the diagnostics.
    expect(text).not.toContain("Diagnostics:");
  }));
