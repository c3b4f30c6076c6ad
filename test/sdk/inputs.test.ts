import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { waldur } from "../../sdk";

let seen: Record<string, Record<string, unknown>> = {};

beforeEach(async () => {
  seen = {};
  const newResource = ({ name, inputs }: pulumi.runtime.MockResourceArgs) => {
    seen[name] = inputs;
    return { id: name, state: inputs };
  };
  await pulumi.runtime.setMocks({ newResource, call: () => ({}) }, "shop", "production", false);
});
afterEach(() => pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }));

/** Waits until a resource is registered. @returns what the engine gets */
async function registered(resource: pulumi.CustomResource, name: string): Promise<Record<string, unknown>> {
  await new Promise((resolve) => resource.id.apply(resolve));
  return seen[name] ?? {};
}

describe("what a program hands to the engine", () => {
  it("names the arguments that hold a secret, or come from one, and none where none does", async () => {
    const args = {
      volumeId: "v",
      description: pulumi.secret("hush"),
      metadata: pulumi.secret("4711").apply((pin) => ({ owner: "ops", pin })),
    };
    const { __context } = await registered(new waldur.Snapshot("one", args), "one");
    expect(__context).toEqual({
      project: "shop",
      stack: "production",
      name: "one",
      secrets: ["description", "metadata"],
    });
    const open = await registered(new waldur.Snapshot("two", { volumeId: "v" }), "two");
    expect(open.__context).toEqual({ project: "shop", stack: "production", name: "two" });
  });

  it("holds for policies what the options say, not what an argument of that name says", async () => {
    const forged = { volumeId: "v", forPolicies: { retainOnDelete: true } };
    expect(await registered(new waldur.Snapshot("forged", forged), "forged")).not.toHaveProperty(
      "forPolicies",
    );
    const kept = new waldur.Snapshot("kept", { volumeId: "v" }, { retainOnDelete: true });
    expect(await registered(kept, "kept")).toMatchObject({ forPolicies: { retainOnDelete: true } });
  });

  it("holds keys of any name, and refuses the one that Pulumi would lose without a word", async () => {
    const metadata = { constructor: "acme", hasOwnProperty: "1", toString: "s" };
    const odd = new waldur.Snapshot("odd", { volumeId: "v", metadata });
    expect((await registered(odd, "odd")).metadata).toEqual(metadata);
    const lost = () =>
      new waldur.Snapshot("lost", { volumeId: "v", metadata: { a: JSON.parse('{"__proto__":1}') } });
    expect(lost).toThrow('lost: metadata.a: Pulumi cannot hand over a key "__proto__". Use another key.');
  });
});
