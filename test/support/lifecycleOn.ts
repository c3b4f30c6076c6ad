import type { Clock } from "../../provider/core/clock";
import { checkInputs } from "../../provider/core/resource/check";
import type { Context, Lifecycle, Properties } from "../../provider/core/resource/lifecycle";

/** A lifecycle on a client, as a front would call it. */
export function lifecycleOn<Client, Inputs extends Properties, Outputs extends Properties>(
  lifecycle: Lifecycle<Client, Inputs, Outputs>,
  client: Client,
  clock: Clock,
  timeoutMs = 600_000,
) {
  const warnings: string[] = [];
  const context: Context<Client> = {
    client,
    clock,
    identity: { project: "p", stack: "s", name: "nightly" },
    timeoutMs,
    progress: () => undefined,
    warn: (message) => warnings.push(message),
  };
  const checked = (news: Properties, olds?: Properties): Inputs => {
    const { inputs, failures } = checkInputs(lifecycle as unknown as Lifecycle<Client>, news, olds, context);
    if (failures.length > 0)
      throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("; "));
    return inputs as Inputs;
  };
  return {
    warnings,
    context,
    check: checked,
    create: async (news: Properties) => lifecycle.create(checked(news), context),
    read: (id: string, prior?: Partial<Outputs>) => lifecycle.read(id, context, prior),
    diff: (olds: Outputs, news: Properties) =>
      lifecycle.diff(olds, checked(news, olds)).map(({ property }) => property),
    /** The arguments that differ. @throws where nothing may be done about them */
    permitted: async (id: string, olds: Outputs, news: Properties) => {
      const inputs = checked(news, olds);
      const changes = lifecycle.diff(olds, inputs);
      if (changes.length > 0) await lifecycle.permit?.(id, olds, inputs, changes, context);
      return changes.map(({ property }) => property);
    },
    update: async (id: string, olds: Outputs, news: Properties) =>
      lifecycle.update(id, olds, checked(news, olds), context),
    delete: (id: string, state: Outputs) => lifecycle.delete(id, state, context),
  };
}
