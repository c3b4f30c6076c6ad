import { ConnectionError } from "../errors";

/** What helps where no connection comes about. */
export interface Unreached {
  /** Where the address comes from, e.g. `the setting openstack-snapshots:waldurApiUrl`. */
  address: string;
  /** How to trust the server's own certificate authority. */
  trust: string;
}

/** Whether the server's certificate is not accepted; asking again comes to the same. */
export function isCertificate({ code = "" }: ConnectionError): boolean {
  return code.includes("CERT") || code.startsWith("ERR_TLS") || code === "HOSTNAME_MISMATCH";
}

/**
 * The error about a server that has never answered in this run: no outage that ends, as far as anybody can tell, but
 * something about the address or the network.
 */
export function neverReached(error: ConnectionError, { address, trust }: Unreached): ConnectionError {
  const [what, help] = isCertificate(error)
    ? ["The server's certificate is not trusted", ` ${trust}`]
    : ["Check the address and the network", ""];
  const message = `${error.message}. ${what}; the address comes from ${address}.${help}`;
  return new ConnectionError(message, false, { lasting: true, code: error.code });
}
