import { z } from "zod";
import { type Backend, ownSurroundings, type Surroundings } from "../../core/backend";
import { systemClock } from "../../core/clock";
import { messageOf, UserError } from "../../core/errors";
import type { CheckFailure, Properties } from "../../core/resource/lifecycle";
import { settingText } from "../../core/settingText";
import { hasUnknown } from "../../core/values";
import { allLifecycles, allLookups } from "../../registry";

/** What the engine adds to a provider's settings, and what is no matter of the plugin's. */
const notOurs = ["version", "pluginDownloadURL", "front"];

/** A provider's settings as the texts that they are in a stack's configuration; what is unknown or no setting stays. */
export function settingsAsTexts(settings: Properties, backends = knownBackends()): Properties {
  const entries = Object.entries(settings).map(([name, value]) => {
    const field = backends.flatMap(({ settings }) => settings.shape[name] ?? [])[0];
    const isPlain = typeof value === "boolean" || typeof value === "number" || typeof value === "string";
    return [name, field && isPlain && !hasUnknown(value) ? settingText(field, value) : value];
  });
  return Object.fromEntries(entries);
}

/**
 * What is wrong with a provider's settings, each by its name. Settings of a backend that is not used are not required, so
 * only what is given is checked.
 *
 * @param where files and variables are looked for
 * @param backends the backends that there are
 */
export function checkSettings(
  settings: Properties,
  where: Surroundings = ownSurroundings(),
  backends = knownBackends(),
): CheckFailure[] {
  const given = Object.fromEntries(Object.entries(settings).filter(([name]) => !notOurs.includes(name)));
  const failures = Object.entries(given).flatMap(([name, value]) => checkOne(name, value, backends));
  return failures.length > 0
    ? failures
    : backends.flatMap((backend) => connecting(backend, given, backends, where));
}

/** Backends with the same settings count once. */
function knownBackends(): Backend<unknown>[] {
  const all = [...allLifecycles, ...allLookups].map(({ backend }) => backend);
  return [...new Map(all.map((backend) => [backend.settings, backend])).values()];
}

function checkOne(name: string, value: unknown, backends: readonly Backend<unknown>[]): CheckFailure[] {
  const fields = backends.flatMap(({ settings }) => (settings.shape[name] as z.ZodType | undefined) ?? []);
  if (fields.length === 0) {
    const names = [...new Set(backends.flatMap(({ settings }) => Object.keys(settings.shape)))].sort();
    return [
      { property: name, reason: `there is no setting "${name}"; the settings are ${names.join(", ")}` },
    ];
  }
  if (hasUnknown(value)) return [];
  const wrong = fields.map((field) => field.safeParse(value)).find(({ success }) => !success);
  return (wrong?.error?.issues ?? []).map(({ message }) => ({ property: name, reason: message }));
}

/** Connecting sends nothing, and finds what is wrong between settings. */
function connecting(
  backend: Backend<unknown>,
  given: Properties,
  backends: readonly Backend<unknown>[],
  where: Surroundings,
): CheckFailure[] {
  const names = Object.keys(backend.settings.shape).filter((name) => name in given);
  const others = backends.filter(({ settings }) => settings !== backend.settings);
  // A setting that several backends have does not say which of them is to be used.
  const own = names.filter((name) => !others.some(({ settings }) => name in settings.shape));
  if (own.length === 0 || names.some((name) => hasUnknown(given[name]))) return [];
  const complete = z.object(backend.settings.shape).safeParse(given);
  if (!complete.success) return [];
  try {
    backend.connect(complete.data, systemClock, where);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) return [{ property: "", reason: messageOf(error) }];
    return [{ property: error.property ?? "", reason: error.reason }];
  }
}
