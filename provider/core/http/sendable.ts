import { UserError } from "../errors";

/** Characters that a header's value may have: tab, printable ASCII and Latin-1 (RFC 9110, 5.5). */
const inHeader = /^[\t\x20-\x7e\xa0-\xff]$/;
/** Characters that a name of a header may have (RFC 9110, 5.6.2). */
const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** What the path and query of a request are made of. */
const requestPath = /^\/[\x21-\x7e]*$/;

/**
 * Why a text cannot be the value of a header, without a word of the text itself: it may be a credential.
 *
 * @returns e.g. `it has a line break (character 41)`; `undefined` where it can be sent
 */
export function unsendable(value: string): string | undefined {
  const place = [...value].findIndex((character) => !inHeader.test(character));
  if (place < 0) return undefined;
  const character = [...value][place] ?? "";
  const kind = /[\r\n\u0085\u2028\u2029]/.test(character)
    ? "a line break"
    : /\p{Cc}/u.test(character)
      ? "a control character"
      : "a character that is not Latin-1";
  return `it has ${kind} (character ${place + 1}), so it cannot be sent in an HTTP header`;
}

/**
 * Refuses a request that cannot go over the wire. It must never reach the pool of connections: undici takes a
 * connection for it and does not give it back, so after 32 of them every later request waits for ever.
 *
 * @throws UserError that names the header, never its value
 */
export function refuseUnsendable(path: string, headers: Readonly<Record<string, string>>): void {
  if (!requestPath.test(path)) throw new UserError(`a request cannot have the path ${JSON.stringify(path)}`);
  for (const [name, value] of Object.entries(headers)) {
    const why = headerName.test(name) ? unsendable(value) : "it has no valid name";
    if (why !== undefined) throw new UserError(`the header ${JSON.stringify(name)} of a request: ${why}`);
  }
}
