import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { createSecureContext } from "node:tls";
import type { Surroundings } from "../core/backend";
import { messageOf } from "../core/errors";
import type { Gathered } from "./gather";

/** A certificate to show to servers, and its private key, PEM. */
export interface ClientCertificate {
  cert: string;
  key: string;
}

/**
 * The client certificate that the settings name. Its key may be in the same file.
 *
 * @throws UserError for a file that cannot be read or used, and for a key without a certificate
 */
export function readClientCertificate(
  gathered: Gathered,
  where: Surroundings,
): ClientCertificate | undefined {
  const { settings, wrong } = gathered;
  const cert = readPem("cert", gathered, where);
  const key = readPem("key", gathered, where);
  if (cert === undefined) {
    if (key === undefined) return undefined;
    throw wrong("key", `"${settings.key}" is the key of no certificate: set cert too`);
  }
  const client = { cert, key: key ?? cert };
  try {
    createSecureContext(client);
  } catch (error) {
    const files = settings.key ? `"${settings.cert}" with the key "${settings.key}"` : `"${settings.cert}"`;
    throw wrong("cert", `${files} cannot be used: ${messageOf(error)}`);
  }
  return client;
}

/**
 * The text of a file that a setting names, from the folder of the program.
 *
 * @throws UserError for one that cannot be read
 */
export function readPem(
  setting: "cacert" | "cert" | "key",
  { settings, wrong }: Gathered,
  { env, cwd }: Surroundings,
): string | undefined {
  const file = settings[setting];
  if (!file) return undefined;
  const home = file.replace(/^~(?=\/|$)/, env.HOME || homedir());
  try {
    return readFileSync(isAbsolute(home) ? home : join(cwd, home), "utf8");
  } catch (error) {
    throw wrong(setting, `"${file}" cannot be read: ${messageOf(error)}`);
  }
}
