import { PartialError } from "../core/errors";
import { type Checked, checkInputs, wrongArguments } from "../core/resource/check";
import { closeNotes } from "../core/resource/creation";
import { currentInputs, currentState, isFormer, namedTwice } from "../core/resource/former";
import { asObserved } from "../core/resource/ignored";
import type { Context, Found, Lifecycle, Properties } from "../core/resource/lifecycle";
import { lifecycleOf } from "../registry";
import { adopt, adoptedBy, refuseDifferences, withNameOf } from "./adoption";
import { Contexts, type Subject, type Surroundings } from "./contexts";
import type { Creations } from "./creations";
import { type Old, stateOf } from "./declared";
import { detailsOf } from "./detail";
import type { Compared } from "./difference";
import { Drift } from "./drift";
import { withForPolicies, withoutForPolicies } from "./forPolicies";
import { markingKey, newMarking, withoutMarking } from "./marking";
import { objectIds } from "./objectIds";
import { ownOf } from "./ownArguments";
import { createdPreview, updatedPreview } from "./preview";
import { withoutSecrets } from "./secret";

/** How a front is called, as far as the order of things depends on it. */
export interface Calls extends Surroundings {
  /**
   * How an import reaches this front. `create`: the resource says so from its check on, and its create adopts.
   * `read`: the engine reads the object, and a check cannot know what it is for.
   */
  importsBy: "create" | "read";
}

/**
 * What Pulumi asks of a resource, in the order in which it comes to be answered. Each front only translates: what
 * comes in and goes out are plain JSON values, with Pulumi's marks for what is not known yet. Arguments hold what
 * goes with them for policies; outputs do not.
 */
export class ResourceHost {
  readonly #contexts: Contexts;
  readonly #importsBy: Calls["importsBy"];
  readonly #creations: Creations;
  /** URNs of what was read for an import in this run. */
  readonly #imported = new Set<string>();
  readonly #drift = new Drift();

  constructor(calls: Calls) {
    this.#contexts = new Contexts(calls);
    this.#importsBy = calls.importsBy;
    this.#creations = calls.creations;
  }

  /**
   * Checks arguments. @returns them with names, marking and notes for policies, and what is wrong with them
   *
   * @param olds the arguments of before; empty for a resource that is new or replaced
   * @param seed what is random about the answer comes from it; random itself where the engine gives none
   */
  async check(subject: Subject, olds: Properties, news: Properties, seed?: Uint8Array): Promise<Checked> {
    const lifecycle = lifecycleOf(subject.type);
    this.#contexts.noteDeclared(subject);
    const known = withoutMarking(olds);
    // With `ignoreChanges: ["*"]` the engine puts everything that it kept into the new arguments.
    const written = withoutForPolicies(withoutMarking(news).own);
    const [before, given] = [withoutForPolicies(known.own), written].map((noted) => {
      return { ...noted, own: currentInputs(lifecycle.former, noted.own) };
    }) as [Noted, Noted];
    const isNew = Object.keys(before.own).length === 0;
    if (!isNew) {
      this.#contexts.hold(subject);
      this.#contexts.noteGeneration(subject, known.marking?.generation);
    }
    const marking = isNew ? newMarking(this.#contexts.generationOf(subject), seed) : known.marking;
    const context = this.#contexts.of(lifecycle, { ...subject, marking }, "create");
    const adopted = adoptedBy(subject, context);
    const own = await this.#contexts.within(lifecycle, subject, "create", (limited) =>
      withNameOf(adopted, lifecycle, given.own, limited),
    );
    const { inputs, failures } = checkInputs(lifecycle, own, before.own, context);
    failures.push(...namedTwice(lifecycle.former?.inputs ?? {}, written.own));
    if (isNew && this.#importsBy === "create" && adopted === undefined && failures.length === 0)
      failures.push(...(lifecycle.checkNew?.(inputs, context) ?? []));
    // A dynamic provider is not asked for previews, so what a preview can find has to come up here.
    if (isNew && this.#importsBy === "create" && failures.length === 0)
      await this.#contexts.within(lifecycle, subject, "create", (limited) =>
        this.#contexts.verify(lifecycle, limited),
      );
    const noted = withForPolicies(inputs, given.forPolicies, before, context.clock);
    return {
      inputs: { ...noted, ...(marking ? { [markingKey]: marking } : {}) },
      failures: failures.map((failure) => withoutSecrets(failure, subject)),
    };
  }

  /**
   * Compares the state with the arguments, and asks whether what differs may be done. A refresh compares too, without
   * a program: it only shows what differs, also what others have changed and an update would leave alone.
   *
   * @throws UserError for what must not be done, and for an import that is not as declared
   */
  async diff(subject: Subject, id: string, old: Old, news: Properties): Promise<Compared> {
    const lifecycle = lifecycleOf(subject.type);
    const { own } = ownOf(lifecycle, news, subject.ignored);
    const state = stateOf(lifecycle, old);
    this.#contexts.hold(subject, { id, state });
    this.#contexts.noteObjects(objectIds(lifecycle, id, state));
    const changes = lifecycle.diff(state, own);
    // Engines differ in what they do with an import that is not as declared: some go on and update it.
    const urn = this.#contexts.urn(subject);
    if (this.#imported.has(urn)) refuseDifferences(lifecycle, id, changes, own, state);
    const declares = this.#contexts.declares(subject);
    if (declares && changes.length > 0)
      await this.#contexts.within(lifecycle, subject, "update", async (context) => {
        if (this.#importsBy === "create") await this.#contexts.verify(lifecycle, context);
        await lifecycle.permit?.(id, state, own, changes, context);
      });
    const shown = declares ? changes : this.#drift.besides(urn, changes);
    const details = detailsOf(shown, state, asObserved(own, state));
    return {
      changes: shown,
      details,
      deleteBeforeReplace: lifecycle.deleteBeforeReplace ?? false,
      // Whoever reads the state by today's names finds them there after an update, which writes nothing. A dynamic
      // provider cannot say what comes of an update, and its programs know the former names.
      outdated: this.#importsBy === "read" && declares && isFormer(lifecycle.former, old.state),
    };
  }

  /** Creates, or adopts. @throws PartialError where an object is there but not ready */
  async create(subject: Subject, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const lifecycle = lifecycleOf(subject.type);
    const { own, marking } = ownOf(lifecycle, inputs, subject.ignored);
    return this.#contexts.within(lifecycle, { ...subject, marking }, "create", async (context) => {
      const adopted = adoptedBy(subject, context);
      await lifecycle.permitReplacement?.(context);
      const made = await (adopted === undefined
        ? this.#make(lifecycle, own, context)
        : adopt(lifecycle, adopted, own, context));
      // What is deleted afterwards under this name is what was replaced; what was declared with this create does not
      // reach that, since a deletion goes by what was applied before.
      this.#contexts.hold(subject, { id: made.id });
      return made;
    });
  }

  async #make(lifecycle: Lifecycle, inputs: Properties, context: Context<unknown>) {
    try {
      const made = await lifecycle.create(inputs, context);
      await this.#handOver(context, made.id);
      return made;
    } catch (error) {
      if (error instanceof PartialError) await this.#handOver(context, error.id);
      throw error;
    }
  }

  /** Notes that the engine gets the id of what was created. An engine that has ended records nothing. */
  async #handOver({ creation, clock }: Context<unknown>, id: string): Promise<void> {
    if (creation && (await this.#creations.heard())) await closeNotes(creation, id, clock.now());
  }

  /**
   * The outputs as far as they can be known before a create.
   *
   * @throws UserError for arguments that are wrong only for a new object, where the check could not tell, and for what
   *   must not be replaced
   * @throws ApiError, UserError where the server does not accept the credentials
   */
  async previewCreate(subject: Subject, inputs: Properties): Promise<Properties> {
    const lifecycle = lifecycleOf(subject.type);
    const { own } = ownOf(lifecycle, inputs);
    return this.#contexts.within(lifecycle, subject, "create", async (context) => {
      await lifecycle.permitReplacement?.(context);
      const wrong = this.#importsBy === "read" ? (lifecycle.checkNew?.(own, context) ?? []) : [];
      if (wrong.length > 0) throw wrongArguments(wrong);
      await this.#contexts.verifyPreview(lifecycle, context);
      return createdPreview(lifecycle, own);
    });
  }

  /**
   * Reads what the server says now.
   *
   * @returns `undefined` where it is certain that there is nothing; else with the arguments to keep from now on
   */
  async read(subject: Subject, id: string, old: Old): Promise<Found<Properties, Properties> | undefined> {
    const lifecycle = lifecycleOf(subject.type);
    const state = currentState(lifecycle.former, old.state);
    this.#contexts.hold(subject, { id, state });
    this.#contexts.noteObjects(objectIds(lifecycle, id, state));
    const found = await this.#contexts.withRecorded(lifecycle, () =>
      this.#contexts.within(lifecycle, subject, "update", (context) => lifecycle.read(id, context, state)),
    );
    if (found === undefined) await this.#lose(lifecycle, id, state);
    else this.#drift.note(this.#contexts.urn(subject), lifecycle, state, found.outputs);
    if (found === undefined || old.inputs === undefined) return found;
    // A refresh leaves the arguments as the program has them; an import has none yet, and gets them all.
    if (Object.keys(old.inputs).length > 0) return { ...found, inputs: old.inputs };
    this.#imported.add(this.#contexts.urn(subject));
    return found;
  }

  /** Updates in place. @returns the outputs @throws PartialError where it is not as it should be afterwards */
  async update(subject: Subject, id: string, old: Old, news: Properties): Promise<Properties> {
    const lifecycle = lifecycleOf(subject.type);
    const { own } = ownOf(lifecycle, news, subject.ignored);
    return this.#contexts.within(lifecycle, subject, "update", async (context) => {
      const state = await lifecycle.update(id, stateOf(lifecycle, old), own, context);
      this.#contexts.hold(subject, { id, state });
      return state;
    });
  }

  /** The outputs as far as they can be known before an update. @throws as {@link previewCreate} for credentials */
  async previewUpdate(subject: Subject, old: Old, news: Properties): Promise<Properties> {
    const lifecycle = lifecycleOf(subject.type);
    await this.#contexts.within(lifecycle, subject, "update", (context) =>
      this.#contexts.verifyPreview(lifecycle, context),
    );
    const { own } = ownOf(lifecycle, news, subject.ignored);
    const state = stateOf(lifecycle, old);
    return updatedPreview(lifecycle, lifecycle.diff(state, own), state, asObserved(own, state));
  }

  /** Deletes, and waits until it is gone. */
  async delete(subject: Subject, id: string, old: Properties): Promise<void> {
    const lifecycle = lifecycleOf(subject.type);
    const state = currentState(lifecycle.former, old);
    await this.#contexts.withRecorded(lifecycle, () =>
      this.#contexts.within(lifecycle, subject, "delete", (context) => lifecycle.delete(id, state, context)),
    );
    await this.#lose(lifecycle, id, state);
  }

  /** Notes that an object leaves the state because it no longer exists. */
  async #lose(lifecycle: Lifecycle, id: string, state: Properties): Promise<void> {
    this.#contexts.dropObjects(objectIds(lifecycle, id, state));
    await this.#creations.lose(id);
  }
}

type Noted = ReturnType<typeof withoutForPolicies>;
