import { UserError } from "../errors";

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Reads the address of an API and refuses what would send a credential in the clear.
 *
 * @param property the name of the setting, for the message
 * @param address e.g. `https://portal.example.com/api/`
 * @param insecure accept plain http to any host; without it only to loopback
 * @throws UserError naming the property, the value and what would be right
 */
export function parseBaseUrl(property: string, address: string, insecure: boolean): URL {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    throw new UserError(
      `${property}: "${address}" is not a URL; expected e.g. https://portal.example.com/api/`,
    );
  }
  if (url.username || url.password) {
    throw new UserError(`${property}: the URL must not hold a user name or a password`);
  }
  if (url.protocol === "http:") {
    if (!insecure && !loopback.has(url.hostname)) {
      throw new UserError(
        `${property}: "${address}" would send the credential in the clear; use https, or set ` +
          '"insecure" to true where that is wanted',
      );
    }
  } else if (url.protocol !== "https:") {
    throw new UserError(`${property}: "${address}" is neither https nor http`);
  }
  url.search = "";
  url.hash = "";
  return url;
}

/**
 * Holds a link that a server gave (`url` fields, page links, redirects) to the configured origin.
 *
 * @returns path and query of the link
 * @throws UserError where the link leads elsewhere
 */
export function pinned(origin: string, link: string): string {
  const url = new URL(link, origin);
  if (url.origin !== origin) {
    throw new UserError(`refusing to follow ${url.origin}${url.pathname}: it is not on ${origin}`);
  }
  return url.pathname + url.search;
}
