import { z } from "zod";
import { matches } from "../glob";
import { patterns } from "../options";
import { settingsRule } from "../settingsRule";

/** The addresses to which credentials are sent. */
export const noPlainHttp = settingsRule({
  name: "no-plain-http",
  description: "Addresses of services are reached over TLS.",
  level: "mandatory",
  options: {
    hosts: patterns.describe("Hosts that may be reached over plain http").default(["localhost", "127.0.0.1"]),
  },
  check({ values, set }, { hosts }, report) {
    for (const name of Object.keys(values)) {
      const value = values[name];
      const url = z.url({ protocol: /^http$/ }).safeParse(value);
      if (!url.success) continue;
      const { host, hostname } = new URL(url.data);
      if (matches(hostname, hosts)) continue;
      report({
        // Only the host: an address may hold a password.
        found: `${name} at http://${host}`,
        wanted: "https, because credentials are sent there",
        fix: set(name, `https://${host}/...`),
      });
    }
  },
});
