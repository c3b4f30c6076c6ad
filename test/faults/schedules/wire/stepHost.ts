import type { Seen, Step } from "../../../support/scriptedServer";
import type { Host } from "./messages";

/** A scripted server that gives whole answers as a server in this process. */
export function stepHost(answer: (seen: Seen) => Step): Host {
  return ({ method, path, headers, body }) => {
    const step = answer({ method, url: path, headers, body });
    if (typeof step === "string") throw new Error(`a step of the script is no answer: ${step}`);
    const { status, headers: own = {}, body: content } = step;
    const text = content === undefined ? "" : typeof content === "string" ? content : JSON.stringify(content);
    return {
      status,
      headers: {
        "content-type": "application/json",
        ...own,
        "content-length": String(Buffer.byteLength(text)),
      },
      body: text,
    };
  };
}
