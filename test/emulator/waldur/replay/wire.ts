import { request } from "node:http";
import type { Json } from "../../../../emulator/index";

/** An answer from the wire. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Json;
}

/** The host that the recorded server had; sent as `Host`, so that every URL in an answer has it too. */
const recordedHost = "127.0.0.1:8800";

/** Sends one request as the recorder did: no redirects followed, JSON read where it is JSON. */
export function send(
  url: string,
  method: string,
  target: string,
  headers: Record<string, string>,
  body: string | undefined,
): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path: target, headers: { ...headers, Host: recordedHost }, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const json = (response.headers["content-type"] ?? "").startsWith("application/json") && text !== "";
          const flat = Object.entries(response.headers).map(([name, value]) => [name, `${value}`]);
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(flat) as Record<string, string>,
            body: text === "" ? null : json ? (JSON.parse(text) as Json) : text,
          });
        });
      },
    );
    outgoing.on("error", reject);
    // Node sends DELETE bodies only with a length of their own.
    if (body !== undefined) outgoing.setHeader("Content-Length", Buffer.byteLength(body));
    outgoing.end(body);
  });
}
