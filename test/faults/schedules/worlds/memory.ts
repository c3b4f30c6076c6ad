import type { App } from "../../../../emulator/http/app";
import type { Listening } from "../../../../emulator/http/listen";
import { appHost } from "../wire/appHost";
import type { Host } from "../wire/messages";

/** Servers in this process, each under an origin of its own. */
export class Memory {
  readonly hosts = new Map<string, Host>();

  /** Puts a server there. @returns its origin */
  add(host: Host): string {
    const origin = this.next();
    this.hosts.set(origin, host);
    return origin;
  }

  /** The origin that the next server gets. */
  next(): string {
    return `http://127.0.0.1:${20_001 + this.hosts.size}`;
  }

  /** Puts an emulator's application there, as the option `mount` of the emulators wants it. */
  readonly mount = (app: App): Listening => ({
    origin: this.add(appHost(app)),
    close: async () => undefined,
  });
}
