const pulumi = require("@pulumi/pulumi");
const library = require("pulumi-openstack-snapshots");

const { Provider } = library;

/** "cinder:Snapshot" is of the module `cinder`; without a module it is of `waldur`. */
function find(name) {
  const [inner, module = "waldur"] = name.split(":").reverse();
  const found = library[module]?.[inner];
  if (!found) throw new Error(`the package has no ${module}.${inner}`);
  return found;
}

/** "@data.id" stands for an output of another resource; `{ $secret: value }` for a secret. */
function resolve(made, value) {
  if (Array.isArray(value)) return value.map((inner) => resolve(made, inner));
  if (value && typeof value === "object") {
    if ("$secret" in value) return pulumi.secret(value.$secret);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(made, inner)]));
  }
  const reference = typeof value === "string" ? /^@([^.]+)\.(.+)$/.exec(value) : null;
  return reference ? made[reference[1]][reference[2]] : value;
}

/** Makes the resources and looks up. @returns all of them by their names, as the outputs of the program */
exports.declare = async ({ resources, lookups }) => {
  const made = {};
  for (const { type, name, args = {}, get, opts = {}, provider } of resources) {
    if (type === "Provider") {
      made[name] = new Provider(name, args);
      continue;
    }
    const { dependsOn = [], ...others } = opts;
    const options = { ...others, dependsOn: dependsOn.map((each) => made[each]) };
    if (provider) options.provider = made[provider];
    const Kind = find(type);
    made[name] = get ? Kind.get(name, get, options) : new Kind(name, resolve(made, args), options);
  }
  const outputs = {};
  const shown = Object.entries(made).filter(([, resource]) => !(resource instanceof Provider));
  for (const [name, resource] of shown) outputs[name] = pulumi.output(resource);
  for (const { name, fn, args, provider } of lookups ?? []) {
    const options = provider ? { provider: made[provider] } : undefined;
    const ask = find(fn);
    outputs[name] = /Output$/.test(fn) ? ask(resolve(made, args), options) : await ask(args, options);
  }
  return outputs;
};
