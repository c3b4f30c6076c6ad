import { afterEach, describe, expect, it } from "vitest";
import { ManualClock, startTrilio, startWaldur } from "../../emulator";
import type { Clock } from "../../provider/core/clock";
import { DrivingClock } from "../support/drivingClock";
import {
  type Deployment,
  kindOf,
  type Origin,
  ownResources,
  type RecordedResource,
  recordedBodies,
  recording,
} from "../support/recordedStates/deployment";
import { filledDeployment } from "../support/recordedStates/fill";
import { argumentsToday, outputsToday } from "../support/recordedStates/names";
import { type ByHand, plant } from "../support/recordedStates/plant";
import { declaredOf, notedToday, plainly } from "../support/recordedStates/prints";
import { trilioByHand } from "../support/recordedStates/trilioByHand";
import { waldurByHand } from "../support/recordedStates/waldurByHand";
import type { Codec } from "./contract/support/codec";
import { DynamicCodec } from "./contract/support/dynamicCodec";
import { PluginCodec } from "./contract/support/pluginCodec";
import { bare } from "./contract/support/values";

// What the engine does with these states is in `test/engine/upgrade.test.ts`; this tells within seconds what breaks them.

/** A server with what a recorded state says, and how the package reaches it. */
interface Place {
  byHand: ByHand;
  settings: Record<string, string>;
  server: { readonly writes: readonly unknown[]; resetRequests(): void; close(): Promise<void> };
  /** The package's, which moves the server's on. */
  clock: Clock;
}

/** Later than what is over in the recordings. */
const start = Date.UTC(2027, 0, 1);

const places = {
  async waldur(_origin: Origin): Promise<Place> {
    const clock = new ManualClock(start);
    const server = await startWaldur({ clock, periodic: false });
    const settings = { waldurApiUrl: server.url, waldurAccessToken: server.tokens.owner };
    return { byHand: waldurByHand(server, clock), settings, server, clock: new DrivingClock(clock) };
  },
  async trilio(origin: Origin): Promise<Place> {
    const clock = new ManualClock(start);
    const server = await startTrilio({ clock, guesses: { snapshotBusyWhileRestoring: false } });
    const {
      OS_AUTH_URL: authUrl = "",
      OS_USERNAME: username = "",
      OS_PASSWORD: password = "",
      ...env
    } = server.env();
    const settings = { authUrl, username, password, projectName: env.OS_PROJECT_NAME ?? "" };
    return {
      byHand: trilioByHand(server, clock, recordedBodies(origin, "trilio")),
      settings,
      server,
      clock: new DrivingClock(clock),
    };
  },
};

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const fronts = ["dynamic", "plugin"] as const;
type Front = (typeof fronts)[number];

async function codecOf(front: Front, settings: Record<string, string>, clock: Clock): Promise<Codec> {
  const codec =
    front === "plugin" ? await PluginCodec.start(settings, clock) : new DynamicCodec(settings, clock);
  ends.push(() => codec.close());
  return codec;
}

const versions = ["0.1.0"];
/** By which names the program declares. */
const programs = ["former", "today's"] as const;
const all = versions.flatMap((version) =>
  (["waldur", "trilio"] as const).flatMap((name) =>
    fronts.flatMap((from) =>
      fronts.flatMap((to) => programs.map((program) => ({ version, name, from, to, program }))),
    ),
  ),
);

describe.each(all)(
  "what $version left in $name through the $from front",
  ({ version, name, from, to, program }) => {
    it(`is gone on with in the ${to} front, by ${program} names: nothing is written, and nothing differs`, async () => {
      const origin = { version, front: from };
      const { byHand, settings, server, clock } = await places[name](origin);
      ends.push(() => server.close());
      const { deployment } = recording(origin, name);
      const filled = filledDeployment(deployment, await plant(byHand, deployment));
      server.resetRequests();
      const codec = await codecOf(to, settings, clock);
      for (const [resource, recorded] of Object.entries(ownResources(plainly(filled) as Deployment))) {
        if (!recorded.external) await goOn(codec, resource, recorded, { own: from === to, program });
      }
      expect(server.writes).toEqual([]);
    });
  },
);

/** Whose state it is. */
interface Kind {
  /** Whether it is of the same front. */
  own: boolean;
  program: (typeof programs)[number];
}

/** What the engine asks of a front in an `up` and a `refresh`. */
async function goOn(codec: Codec, name: string, recorded: RecordedResource, { own, program }: Kind) {
  const { type, id = "", inputs = {}, outputs = {}, initErrors = [] } = recorded;
  const resource = { type: kindOf(type) ?? "" };
  const held = { id, inputs, outputs };
  const { forPolicies, ...args } = inputs;
  // Of what goes with the arguments for policies, a program says this alone.
  const { retainOnDelete } = (forPolicies ?? {}) as { retainOnDelete?: boolean };
  const told = retainOnDelete ? { forPolicies: { retainOnDelete } } : {};
  const written = (of: Record<string, unknown>) => {
    return program === "former" ? of : argumentsToday(resource.type, of);
  };
  const news = { ...written(own ? args : codec.declared(resource, declaredOf(inputs))), ...told };
  const { inputs: checked, failures } = await codec.check(resource, inputs, news);
  expect(failures, name).toEqual([]);
  // The arguments of what was just imported were never checked, so nothing was noted with them.
  const { forPolicies: noted, ...given } = checked;
  if (own) expect(given, name).toEqual(argumentsToday(resource.type, args));
  if (own && forPolicies) expect(noted, name).toEqual(notedToday(forPolicies));

  const first = await codec.diff(resource, held, checked);
  // What every call of a dynamic provider needs comes into the state with an update.
  const foreign = !own && codec instanceof DynamicCodec;
  // So do today's names of outputs, which the program reads.
  const today = outputsToday(resource.type, outputs);
  const outdated =
    codec instanceof PluginCodec && Object.keys(today).some((property) => !(property in outputs));
  const { changes, replaces } = first;
  expect({ changes, replaces }, name).toEqual({ changes: foreign || outdated, replaces: [] });
  const goesOn = foreign || outdated || initErrors.length > 0;
  const after = goesOn ? await codec.update(resource, held, checked) : outputs;
  if (initErrors.length === 0) expect(bare(after), name).toEqual(bare(goesOn ? today : outputs));

  const now = { id, inputs: checked, outputs: after };
  expect(await codec.diff(resource, now, checked), name).toMatchObject({ changes: false, replaces: [] });
  const read = await codec.read(resource, now);
  expect(read?.id, name).toBe(id);
  // What a dynamic provider keeps in the state is nothing to the plugin.
  if (own) expect(read?.outputs, name).toEqual(outputsToday(resource.type, after));
  else expect(bare(read?.outputs ?? {}), name).toEqual(bare(outputsToday(resource.type, after)));
}
