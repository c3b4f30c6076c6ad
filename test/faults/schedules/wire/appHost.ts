import type { HttpBindings } from "@hono/node-server";
import type { App } from "../../../../emulator/http/app";
import type { Answer, Host } from "./messages";

/** An emulator's application as a server in this process. */
export function appHost(app: App): Host {
  return async ({ origin, path, method, headers, body }) => {
    const outgoing = new Outgoing();
    const request = new Request(origin + path, { method, headers, ...(body === "" ? {} : { body }) });
    // All that the application uses of Node's own objects.
    const bindings = { incoming: { socket: { destroy: unexpected } }, outgoing };
    const response = await app.fetch(request, bindings as unknown as HttpBindings);
    return outgoing.answer ?? { status: response.status, headers: {}, body: await response.text() };
  };
}

/** What the application writes its answer to. */
class Outgoing {
  statusCode = 200;
  answer: Answer | undefined;
  readonly #headers: Record<string, string> = {};

  setHeader(name: string, value: string | number): void {
    this.#headers[name.toLowerCase()] = String(value);
  }

  end(body = ""): void {
    this.answer = { status: this.statusCode, headers: this.#headers, body };
  }
}

function unexpected(): never {
  throw new Error("the emulator breaks a connection although it was given no fault");
}
