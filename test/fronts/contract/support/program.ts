import * as pulumi from "@pulumi/pulumi";
import type { Properties } from "../../../../provider/core/resource/lifecycle";
import { cinder, trilio, waldur } from "../../../../sdk";
import { identity } from "./codec";
import type { Stack } from "./stack";

type Class = new (name: string, args: Properties) => pulumi.CustomResource & Record<string, unknown>;

const modules: Record<string, object> = { waldur, cinder, trilio };

/** The user's class of a kind of resource. */
export function classOf(type: string): Class {
  const [module = "", name = ""] = type.split(":");
  return (modules[module] as Record<string, Class>)[name] as Class;
}

/** Lets programs of this process run in a preview of a stack, for which the front is asked as the engine asks it. */
export async function previewWith(stack: Stack, front: string): Promise<void> {
  pulumi.runtime.setAllConfig({ "openstack-snapshots:front": front });
  const newResource = async ({ inputs }: pulumi.runtime.MockResourceArgs) => {
    return { id: stack.held?.id ?? "", state: await stack.previewDeclared(inputs) };
  };
  const call = () => ({});
  await pulumi.runtime.setMocks({ newResource, call }, identity.project, identity.stack, true);
}

/** Ends the previews: tests of other files in this process find Pulumi's runtime as it was. */
export async function endPreviews(): Promise<void> {
  pulumi.runtime.setAllConfig({});
  await pulumi.runtime.setMocks({
    newResource: ({ inputs }) => ({ id: "", state: inputs }),
    call: () => ({}),
  });
}

/** The outputs of a resource that a program can compute with, with their values. */
export async function knownOf(resource: object): Promise<Properties> {
  const outputs = Object.entries(resource).filter((entry): entry is [string, pulumi.Output<unknown>] =>
    pulumi.Output.isInstance(entry[1]),
  );
  const own = outputs.filter(([name]) => !name.startsWith("__") && name !== "urn");
  const known = await Promise.all(
    own.map(async ([name, output]) => {
      const { isKnown } = output as unknown as { isKnown: Promise<boolean> };
      return (await isKnown) ? [[name, await new Promise((resolve) => output.apply(resolve))]] : [];
    }),
  );
  return Object.fromEntries(known.flat());
}
