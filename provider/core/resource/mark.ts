import { createHash, randomBytes } from "node:crypto";
import type { Identity } from "./identity";

/**
 * What binds an object on a server to the resource that it was made for. Digests, so that who sees the object learns
 * neither names of stacks nor where their states are.
 */
export interface Mark {
  /** Which resource of its stack. Objects that replace each other have the same: the state tells which is which. */
  resource: string;
  /** Which stack of which state back end. */
  stack: string;
  /** Which creation: no two have the same. */
  nonce: string;
}

const form = /([0-9a-f]{16})-([0-9a-f]{16})-([0-9a-f]{16})/;
const wholeForm = new RegExp(`^${form.source}$`);

/** A mark as one string. */
export function markText({ resource, stack, nonce }: Mark): string {
  return `${resource}-${stack}-${nonce}`;
}

/** The mark that a string is; `undefined` for anything else, marks of version 0.1.0 among them. */
export function readMark(value: unknown): Mark | undefined {
  return typeof value === "string" ? matched(wholeForm.exec(value)) : undefined;
}

const noteForm = new RegExp(`\\s*\\[pulumi ${form.source}\\]$`);

/** A text for people with a mark at its end, for servers that keep nothing else. */
export function withMark(text: string, mark: Mark): string {
  return `${text} [pulumi ${markText(mark)}]`.trimStart();
}

/** A text of a server's, and the mark at its end where it has one. */
export function withoutMark(text: string): { text: string; mark?: Mark | undefined } {
  return { text: text.replace(noteForm, ""), mark: matched(noteForm.exec(text)) };
}

function matched(found: RegExpExecArray | null): Mark | undefined {
  const [, resource, stack, nonce] = found ?? [];
  return resource && stack && nonce ? { resource, stack, nonce } : undefined;
}

/** A print of several strings, which no other strings have. */
export function digestOf(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

/**
 * The part of a mark that says which resource it is.
 *
 * @param type module and name, e.g. `waldur:Snapshot`: the same in both fronts
 */
export function resourceDigest(type: string, { name, parents = "" }: Identity): string {
  return digestOf(type, parents, name);
}

/** A nonce. @param seed what it is made of, where a plan has to come out the same twice; random by default */
export function newNonce(seed: Uint8Array = randomBytes(32)): string {
  return createHash("sha256").update(seed).digest("hex").slice(0, 16);
}

/**
 * The seven hex digits at the end of a generated name: the same whenever the same creation is tried again.
 *
 * @param generation how many objects of this resource have been replaced before
 */
export function digitsOf({ resource, stack }: Pick<Mark, "resource" | "stack">, generation = 0): string {
  return digestOf(resource, stack, String(generation)).slice(0, 7);
}

/** Whether a name was generated for the creation with these digits, so that nobody else gives it. */
export function isGeneratedName(name: string | undefined, digits: string): boolean {
  return name?.endsWith(`-${digits}`) ?? false;
}
