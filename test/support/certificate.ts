import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/** A certificate and its private key, PEM. */
export interface Identity {
  cert: string;
  key: string;
  /** For signing others. */
  signer: { name: string; key: KeyObject };
}

/**
 * Makes a certificate for 127.0.0.1, good from 2020 to 2049.
 *
 * @param name its common name
 * @param issuer who signs; itself by default
 */
export function certificate(name: string, issuer?: Identity["signer"]): Identity {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const signer = issuer ?? { name, key: privateKey };
  const toBeSigned = sequence(
    tagged(0xa0, integer(2)), // version 3
    integer(issuer ? 2 : 1),
    ed25519,
    distinguished(signer.name),
    sequence(utcTime("200101000000Z"), utcTime("491231000000Z")),
    distinguished(name),
    publicKey.export({ type: "spki", format: "der" }),
    tagged(0xa3, sequence(...(issuer ? [loopback] : [authority, loopback]))),
  );
  const signature = sign(null, toBeSigned, signer.key);
  const der = sequence(toBeSigned, ed25519, tagged(0x03, Buffer.of(0), signature));
  const lines = der.toString("base64").replace(/.{64}(?=.)/g, "$&\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    signer: { name, key: privateKey },
  };
}

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

function integer(value: number): Buffer {
  return tagged(0x02, Buffer.of(value));
}

function utcTime(text: string): Buffer {
  return tagged(0x17, Buffer.from(text));
}

/** A name that is just a common name (2.5.4.3). */
function distinguished(name: string): Buffer {
  const commonName = tagged(0x06, Buffer.of(0x55, 0x04, 0x03));
  return sequence(tagged(0x31, sequence(commonName, tagged(0x0c, Buffer.from(name)))));
}

/** 1.3.101.112 */
const ed25519 = sequence(tagged(0x06, Buffer.of(0x2b, 0x65, 0x70)));

/** Basic constraints (2.5.29.19): it may sign others. */
const authority = sequence(
  tagged(0x06, Buffer.of(0x55, 0x1d, 0x13)),
  tagged(0x04, sequence(tagged(0x01, Buffer.of(0xff)))),
);

/** Subject alternative name (2.5.29.17): the address 127.0.0.1. */
const loopback = sequence(
  tagged(0x06, Buffer.of(0x55, 0x1d, 0x11)),
  tagged(0x04, sequence(tagged(0x87, Buffer.of(127, 0, 0, 1)))),
);
