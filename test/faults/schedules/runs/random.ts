import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { Dice } from "../dice";

/**
 * Runs something with ids and nonces that come from a seed, so that the same run comes again: nodes of a list may
 * stand in the order of their ids.
 */
export async function withSeededIds<T>(seed: number, run: () => Promise<T>): Promise<T> {
  const { randomBytes, randomUUID } = crypto;
  const dice = new Dice(seed);
  const bytes = (size: number) => Buffer.from(Array.from({ length: size }, () => dice.whole(0, 255)));
  const uuid = () => {
    const hex = bytes(16).toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  replace(bytes, uuid);
  try {
    return await run();
  } finally {
    replace(randomBytes, randomUUID);
  }
}

function replace(randomBytes: unknown, randomUUID: unknown): void {
  Object.assign(crypto, { randomBytes, randomUUID });
  syncBuiltinESMExports();
}
