import * as pulumi from "@pulumi/pulumi";
import { beforeAll, expect, it } from "vitest";
import { Provider } from "../../sdk";

const registered: Record<string, unknown>[] = [];
beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => {
      registered.push(inputs);
      return { id: name, state: inputs };
    },
    call: () => ({}),
  }),
);

/** What the engine's protocol marks a secret with. */
const secretMark = "4dabf18193072939515e22adb298388d";

it("an explicit provider hands its credentials over as secrets, and the rest as it is", async () => {
  const provider = new Provider("site-b", {
    waldurAccessToken: "w",
    password: pulumi.output("p"),
    applicationCredentialSecret: "a",
    token: "t",
    cloud: "site-b",
  });
  await new Promise((resolve) => provider.urn.apply(resolve));
  const [inputs = {}] = registered;
  for (const [name, value] of Object.entries({ waldurAccessToken: "w", password: "p", token: "t" })) {
    expect(inputs[name]).toMatchObject({ [secretMark]: expect.any(String), value });
  }
  expect(inputs).toMatchObject({ applicationCredentialSecret: { value: "a" }, cloud: "site-b" });
});

it("an explicit provider takes booleans, be they outputs or not", async () => {
  registered.length = 0;
  for (const insecure of [true, pulumi.output(true), "false" as const]) {
    const provider = new Provider("site-c", { insecure });
    await new Promise((resolve) => provider.urn.apply(resolve));
  }
  expect(registered.map(({ insecure }) => insecure)).toEqual([true, true, "false"]);
});
