import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** A service that keeps the key of stacks' secrets. */
export interface Vault {
  /** What Pulumi takes for `--secrets-provider`. */
  provider: string;
  /** The variables by which Pulumi finds it. */
  env: Record<string, string>;
  close(): void;
}

/**
 * Starts the two requests of HashiCorp Vault's transit engine that Pulumi makes. The secrets of a stack are encrypted
 * like anywhere else, but their key is had by one request, where a key that is derived from a passphrase takes a quarter
 * of a second of computing in every run of Pulumi.
 */
export async function startVault(): Promise<Vault> {
  const server = createServer(async (request, response) => {
    const sent = (await json(request)) as { plaintext?: string; ciphertext?: string };
    const data = request.url?.includes("/encrypt/")
      ? { ciphertext: `vault:v1:${sent.plaintext}` }
      : { plaintext: sent.ciphertext?.replace("vault:v1:", "") };
    response.end(JSON.stringify({ data }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // It does not keep the process of the tests from ending.
  server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    provider: "hashivault://scenarios",
    env: { VAULT_SERVER_URL: `http://127.0.0.1:${port}`, VAULT_SERVER_TOKEN: "scenarios" },
    close: () => server.close(),
  };
}
