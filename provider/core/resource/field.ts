import { z } from "zod";
import { wireField } from "../http/wire";
import { canonical, defined, isRecord, sameJson } from "../values";
import { appliedKey, type Compared, type PropertyRule, type Rules, type State } from "./diff";
import type { FormerNames } from "./former";
import type { Properties } from "./lifecycle";
import { only } from "./partial";

/**
 * How an argument is written into the body of a request.
 *
 * @public the declarations of the tables name it
 */
export interface WireField {
  /** Its key in the body. */
  key: string;
  /** The requests that carry it; absent: both. */
  in?: "create" | "change";
  /**
   * How its value is written; absent: as it is declared.
   *
   * @param client the backend's client, for values that the API wants as URLs
   */
  write?(value: unknown, client: unknown): unknown;
}

/** What every argument has to have an answer to. */
interface Decisions {
  /** What is accepted, with a description for people. */
  schema: z.ZodType;
  /** What a change of it does: the object is changed in place, or a new one takes its place. */
  onChange: "update" | "replace";
  /** The name that it had in earlier versions; it is taken for the argument still. */
  formerly?: string;
  /** Whether what is observed is what is declared, by meaning; absent: the same JSON. */
  same?(observed: unknown, declared: unknown, compared: Compared): boolean;
}

/** An argument that the server knows and shows. */
export interface ServerField extends Decisions {
  /** Its place in the body of a request; `null` where no body has it as a key: see the lifecycle. */
  wire: string | WireField | null;
  /** `echo`: the server shows it as it was declared. `shown`: it shows it in a form of its own. */
  kept: "echo" | "shown";
  /** What it goes back to when its declaration is taken out; absent: it is left as it is. */
  reset?: unknown;
  /** An object of which only the declared keys are owned; see `keyChanges`. */
  keyed?: true;
  /** Whether it says nothing beside the other arguments; absent: it always counts. */
  unless?(declared: Properties): boolean;
  /** Its value as an output, where the server's form differs from the declared one. */
  output?: z.ZodType;
  /** The argument that declares what the outputs show; absent: the output of its name. */
  declare?(outputs: Properties): unknown;
}

/** An argument that the server does not know: the state alone keeps it. */
interface StateField extends Decisions {
  wire: null;
  kept: "state";
  /** What its absence stands for. */
  reset: unknown;
}

/** Everything there is to say of one argument. */
type Field = ServerField | StateField;

/** The arguments of a resource, by name. */
export type Fields = Record<string, Field>;

type InputShape<F extends Fields> = { [K in keyof F]: F[K]["schema"] };
type LocalNames<F extends Fields> = { [K in keyof F]: F[K]["kept"] extends "state" ? K : never }[keyof F];
type OutputOf<F extends Field> = F extends { output: infer Output extends z.ZodType } ? Output : F["schema"];
/** The outputs that only repeat an argument. */
type Repeated<F extends Fields, O extends z.ZodRawShape> = {
  [K in Exclude<keyof F, keyof O | LocalNames<F>>]: OutputOf<F[K]>;
};

/** The arguments that a server shows in its answers, beside what is known of those. */
type Shown<F extends Fields, O extends z.ZodRawShape> = {
  [K in Exclude<keyof F, keyof O | LocalNames<F>> as F[K]["wire"] extends null ? never : K]: z.ZodOptional<
    OutputOf<F[K]>
  >;
};

/** A resource as its table of fields describes it: everything that a `Lifecycle` says of its properties. */
export interface Table<F extends Fields, O extends z.ZodRawShape> {
  fields: F;
  inputs: z.ZodObject<InputShape<F>>;
  outputs: z.ZodObject<O & Repeated<F, O>>;
  /** How each argument is compared. */
  rules: Rules;
  /** Arguments that only the state knows. */
  locals: readonly (LocalNames<F> & string)[];
  /** Arguments that come out as they were declared. */
  echoes: readonly string[];
  /** Outputs that no update changes. */
  stable: readonly string[];
  /** Arguments whose change makes a new resource. */
  replaces: readonly string[];
  /** What properties were called in earlier versions. */
  former: FormerNames;
}

/** The arguments after the check. */
export type InputsOf<T> = T extends { inputs: infer I extends z.ZodType } ? z.output<I> : never;

/** The state: what the server said last, and the arguments that it does not know. */
export type StateOf<T> =
  T extends Table<infer F, infer O>
    ? Partial<z.output<z.ZodObject<O & Repeated<F, O>>>> &
        Pick<InputsOf<T>, LocalNames<F> & keyof InputsOf<T>> &
        State
    : never;

/** Schemas of outputs that no update changes. */
const fixedOutputs = new WeakSet<object>();

/** Marks an output that no update changes, so that a preview knows it. */
export function stable<T extends z.ZodType>(output: T): T {
  fixedOutputs.add(output);
  return output;
}

function isStable(output: unknown): boolean {
  if (typeof output !== "object" || output === null) return false;
  if (fixedOutputs.has(output)) return true;
  const wrapped = output instanceof z.ZodOptional || output instanceof z.ZodNonOptional;
  return wrapped && isStable(output.unwrap());
}

/**
 * The schema of an object as a server answers it: the known fields, and every argument that it shows under the
 * name that the argument has on the wire.
 *
 * @param known what the server shows beside them
 */
export function rowOf<const F extends Fields, O extends z.ZodRawShape>(
  fields: F,
  known: z.ZodObject<O>,
): z.ZodObject<O & Shown<F, O>> {
  const shown = Object.entries<Field>(fields).filter(
    ([name, { wire, kept }]) => kept !== "state" && wire !== null && !(name in known.shape),
  );
  const read = shown.map(([name, field]) => {
    const schema = outputOf(field);
    const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
    return [name, wireField(inner, schema.description ?? "")];
  });
  return known.extend(Object.fromEntries(read)) as unknown as z.ZodObject<O & Shown<F, O>>;
}

/**
 * Makes the table of a resource.
 *
 * @param fields every argument
 * @param outputs what the server shows beside the arguments, and arguments that it shows in other words
 * @param former what outputs were called in earlier versions
 */
export function table<const F extends Fields, O extends z.ZodRawShape>(
  fields: F,
  outputs: z.ZodObject<O>,
  former: Omit<FormerNames, "inputs"> = { outputs: {} },
): Table<F, O> {
  const entries = Object.entries<Field>(fields);
  const names = (wanted: (field: Field) => boolean) =>
    entries.filter(([, field]) => wanted(field)).map(([name]) => name);
  const pick = (of: (field: Field) => z.ZodType, wanted: string[]) =>
    Object.fromEntries(wanted.map((name) => [name, of((fields as Fields)[name] as Field)]));
  const repeated = names(({ kept }) => kept !== "state").filter((name) => !(name in outputs.shape));
  const shape = { ...outputs.shape, ...pick(outputOf, repeated) };
  const replaces = names(({ onChange }) => onChange === "replace");
  return {
    fields,
    inputs: z.object(pick(({ schema }) => schema, Object.keys(fields))) as unknown as Table<F, O>["inputs"],
    outputs: z.object(shape) as unknown as Table<F, O>["outputs"],
    rules: Object.fromEntries(entries.map(([name, field]) => [name, ruleOf(field)])),
    locals: names(({ kept }) => kept === "state") as unknown as Table<F, O>["locals"],
    echoes: names(({ kept }) => kept === "echo"),
    // An update leaves alone what only a new resource can have otherwise.
    stable: Object.keys(shape).filter((name) => isStable(shape[name]) || replaces.includes(name)),
    replaces,
    former: { ...former, inputs: formerInputs(entries) },
  };
}

function formerInputs(fields: [string, Field][]): Record<string, string> {
  return Object.fromEntries(fields.flatMap(([name, { formerly }]) => (formerly ? [[formerly, name]] : [])));
}

function outputOf(field: Field): z.ZodType {
  return field.kept !== "state" && field.output ? field.output : field.schema;
}

function ruleOf(field: Field): PropertyRule {
  const { onChange: kind, same } = field;
  if (field.kept !== "state")
    return defined({
      kind,
      same,
      reset: field.reset,
      keyed: field.keyed,
      unless: field.unless,
    }) as PropertyRule;
  const { reset } = field;
  const local = (observed: unknown, declared: unknown) =>
    canonical(observed ?? reset) === canonical(declared);
  return { kind, same: same ?? local, reset };
}

/** The arguments that declare a resource as it is; what is as it would be without them is left out. */
export function argumentsOf<Inputs extends Properties>(
  { fields }: { fields: Fields },
  outputs: Properties,
): Partial<Inputs> {
  const entries = Object.entries(fields).map(([name, field]) => {
    if (field.kept === "state") return [name, outputs[name]];
    if (!field.declare && field.unless?.(outputs)) return [name, undefined];
    const value = field.declare ? field.declare(outputs) : outputs[name];
    return [name, value === null || sameJson(value, field.reset ?? null) ? undefined : value];
  });
  return defined(Object.fromEntries(entries)) as Partial<Inputs>;
}

/** What an object shows, with what only the state knows: what is compared with the arguments. */
export function observed<S extends Properties>(
  { locals }: { locals: readonly string[] },
  shown: S,
  state: Properties & State,
): S & State {
  return {
    ...shown,
    ...only(state, locals),
    [appliedKey]: isRecord(state[appliedKey]) ? state[appliedKey] : {},
  };
}
