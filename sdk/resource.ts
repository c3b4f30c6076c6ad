import * as pulumi from "@pulumi/pulumi";
import { dynamicToken, providerText } from "../provider/fronts/dynamic/provider";
import type { Companion } from "../provider/fronts/operations";

/** Options of these resources: Pulumi's own. */
export type ResourceOptions = pulumi.CustomResourceOptions;

/**
 * The class of one kind of resource, without its name and its documentation.
 *
 * @typeParam Args arguments, each a `pulumi.Input`
 * @typeParam Outputs outputs, each a `pulumi.Output`
 */
export interface ResourceClass<Args, Outputs> {
  new (name: string, args: Args, opts?: ResourceOptions): pulumi.CustomResource & Outputs;
  /**
   * Looks up an existing object and gives it as a resource that this stack does not manage.
   *
   * @param name the name in this program
   * @param id the object's id
   */
  get<R>(
    this: new (
      name: string,
      args: Args,
      opts?: ResourceOptions,
    ) => R,
    name: string,
    id: pulumi.Input<pulumi.ID>,
    opts?: ResourceOptions,
  ): R;
  /** Whether something is a resource of this class, also when it comes from another copy of the package. */
  isInstance<R>(
    this: new (
      name: string,
      args: Args,
      opts?: ResourceOptions,
    ) => R,
    value: unknown,
  ): value is R;
}

/**
 * Makes the class of a resource.
 *
 * @param type module and name, e.g. `waldur:Snapshot`
 * @param properties the names of its outputs
 */
export function resourceOf<Args, Outputs>(
  type: string,
  properties: readonly string[],
): ResourceClass<Args, Outputs> {
  const token = dynamicToken(type);

  // The same resource as a `pulumi.dynamic.Resource`, with a provider's text of our own.
  class BackendResource extends pulumi.CustomResource {
    constructor(resource: string, args: Args, opts: ResourceOptions = {}) {
      const outputs = Object.fromEntries(properties.map((property) => [property, undefined]));
      const hidden = { __provider: providerText(type), __context: companionOf(resource, opts) };
      super(token, resource, { ...outputs, ...args, ...hidden }, opts);
    }

    static get(resource: string, id: pulumi.Input<pulumi.ID>, opts?: ResourceOptions) {
      return new this(resource, {} as Args, { ...opts, id });
    }

    static override isInstance(value: unknown): value is pulumi.CustomResource {
      return (
        typeof value === "object" &&
        value !== null &&
        (value as { __pulumiType?: string }).__pulumiType === token
      );
    }
  }
  return BackendResource as unknown as ResourceClass<Args, Outputs>;
}

/** The engine passes neither identity nor time limits to a dynamic provider, so they go with the arguments. */
function companionOf(name: string, { customTimeouts, parent }: ResourceOptions): pulumi.Input<Companion> {
  return {
    organization: pulumi.getOrganization(),
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    name,
    ...(parent ? { parents: pulumi.createUrn(name, "own", parent).apply(parentsIn) } : {}),
    ...(customTimeouts ? { timeouts: { ...customTimeouts } } : {}),
  } as pulumi.Input<Companion>;
}

/** Of `urn:pulumi:stack::project::my:Site$my:Database$own::name` the types before its own. */
function parentsIn(urn: string): string {
  return (urn.split("::")[2] ?? "").split("$").slice(0, -1).join("$");
}
