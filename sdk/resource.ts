import * as pulumi from "@pulumi/pulumi";
import * as runtimeState from "@pulumi/pulumi/runtime/state";
import type { Companion } from "../provider/fronts/dynamic/companion";
import { providerText, readOnlyProviderText, unknownSecrets } from "../provider/fronts/dynamic/provider";
import { forPoliciesKey } from "../provider/fronts/forPolicies";
import { addFormerOutputs, type FormerNames, withCurrentNames } from "./former";
import { tokensOf, usesPlugin } from "./fronts";
import { sendable } from "./sendable";

/** Options of these resources: Pulumi's own. */
type ResourceOptions = pulumi.CustomResourceOptions;

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
 * @param former what arguments and outputs were called in earlier versions
 */
export function resourceOf<Args, Outputs>(
  type: string,
  properties: readonly string[],
  former: FormerNames = { inputs: {}, outputs: {} },
): ResourceClass<Args, Outputs> {
  const tokens = tokensOf(type);

  class BackendResource extends pulumi.CustomResource {
    constructor(resource: string, args: Args, options: ResourceOptions = {}) {
      const opts = withCurrentNames(former, options);
      const plugin = usesPlugin(type, opts);
      const names = [...properties, ...Object.keys(former.outputs)];
      const outputs = Object.fromEntries(names.map((property) => [property, undefined]));
      const given = sendable(resource, (args ?? {}) as Record<string, unknown>);
      // Policies believe what is noted for them, so it is not to be had by an argument of its name.
      const { [forPoliciesKey]: _forged, ...declared } = given;
      const text = opts.id === undefined ? providerText(type) : readOnlyProviderText(type);
      const hidden = plugin
        ? {}
        : { __provider: text, __context: companionOf(resource, args, opts, () => this) };
      const told = opts.retainOnDelete ? { [forPoliciesKey]: { retainOnDelete: true } } : {};
      // A stack may change its front: the other one's resources are these.
      const other = { type: plugin ? tokens.dynamic : tokens.plugin };
      const aliases = [...(opts.aliases ?? []), other];
      // The engine cannot read through a dynamic provider, so there the provider does the import; version and address are
      // of a plugin, and the one of dynamic providers is Pulumi's.
      const { import: _import, version: _version, pluginDownloadURL: _url, ...own } = opts;
      const token = plugin ? tokens.plugin : tokens.dynamic;
      super(
        token,
        resource,
        { ...outputs, ...declared, ...hidden, ...told },
        { ...(plugin ? opts : own), aliases },
      );
    }

    static get(resource: string, id: pulumi.Input<pulumi.ID>, opts?: ResourceOptions) {
      return new this(resource, {} as Args, { ...opts, id });
    }

    static override isInstance(value: unknown): value is pulumi.CustomResource {
      const is = (value as { __pulumiType?: string } | null | undefined)?.__pulumiType;
      return is === tokens.dynamic || is === tokens.plugin;
    }
  }
  addFormerOutputs(BackendResource.prototype, former);
  return BackendResource as unknown as ResourceClass<Args, Outputs>;
}

/**
 * The engine passes neither identity nor time limits to a dynamic provider, so they go with the arguments.
 *
 * @param made gives the resource once its constructor is done
 */
function companionOf(
  name: string,
  args: unknown,
  { customTimeouts, parent, transforms, ignoreChanges, import: id }: ResourceOptions,
  made: () => pulumi.Resource | undefined,
): pulumi.Input<Companion> {
  const organization = organizationOf();
  const parents = parent ? parentsOf(parent) : Promise.resolve(undefined);
  // With its parents all transforms are registered that it can have.
  const transformed = parents
    .then(() => (transforms ?? []).length > 0 || mayBeTransformed(made()))
    // Its constructor has failed, and nobody asks.
    .catch(() => true);
  return {
    ...(organization === undefined ? {} : { organization }),
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    name,
    ...(parent ? { parents } : {}),
    ...(id ? { import: id, ...(ignoreChanges ? { ignored: ignoreChanges } : {}) } : {}),
    ...(customTimeouts ? { timeouts: { ...customTimeouts } } : {}),
    secrets: secretsOf(args, transformed),
  } as unknown as pulumi.Input<Companion>;
}

/**
 * The names of the arguments that hold a secret somewhere; `undefined` where none does. What a transform makes secret the
 * engine alone knows: then all that the state keeps to compare arguments by is a secret.
 */
async function secretsOf(args: unknown, transformed: Promise<boolean>): Promise<string[] | undefined> {
  const names = Object.entries(args ?? {}).map(async ([name, value]) =>
    (await pulumi.isSecret(pulumi.output(value))) ? [name] : [],
  );
  const secrets = [...(await Promise.all(names)).flat(), ...((await transformed) ? [unknownSecrets] : [])];
  return secrets.length > 0 ? secrets : undefined;
}

/** Whether transforms of a program may change the arguments of a resource: what Pulumi keeps, but shows in no type. */
function mayBeTransformed(resource: pulumi.Resource | undefined): boolean {
  const { __transformations: old = [] } = (resource ?? {}) as { __transformations?: unknown[] };
  const { getStore } = runtimeState as unknown as { getStore(): { callbacks?: unknown } };
  return old.length > 0 || getStore().callbacks !== undefined;
}

/** Whose stack it is; `undefined` where the back end knows no organizations, or the engine tells none. */
function organizationOf(): string | undefined {
  try {
    const organization = pulumi.getOrganization();
    // Back ends that know none have one of this name.
    return organization === "organization" ? undefined : organization;
  } catch {
    return undefined;
  }
}

/**
 * The types of the resources around a child, e.g. `my:Site$my:Database`; `undefined` where there is the stack alone.
 *
 * A plain promise: an output of a component stands for all of its children, so one of those that had it as an argument
 * would wait for itself and its siblings.
 */
async function parentsOf({ urn }: pulumi.Resource): Promise<string | undefined> {
  const known = await (urn as unknown as { promise(): Promise<string> }).promise();
  const types = known.split("::")[2] ?? "";
  return types === "pulumi:pulumi:Stack" ? undefined : types;
}
