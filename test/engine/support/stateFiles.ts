import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { OutputMap, UpdateSummary } from "@pulumi/pulumi/automation";

/** A resource in a stack's state. */
export interface StateResource {
  urn: string;
  type: string;
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  initErrors?: string[];
  external?: boolean;
}

/** Pulumi's mark of a value that is encrypted. */
const secretMark = "1b47061264138c4ac30d75fd1eb44270";

/** What the engine has written about the stack `test` of a project, secrets encrypted. */
export class StateFiles {
  readonly #root: string;

  /** @param backend the folder that `PULUMI_BACKEND_URL` names */
  constructor(
    backend: string,
    readonly project: string,
  ) {
    this.#root = join(backend, ".pulumi");
  }

  /** Every resource of the state, providers and the stack itself among them. */
  resources(): StateResource[] {
    const text = readFileSync(join(this.#root, "stacks", this.project, "test.json"), "utf8");
    return JSON.parse(text).checkpoint.latest?.resources ?? [];
  }

  /** The outputs of the program; `undefined` where there are secrets among them. */
  outputs(): OutputMap | undefined {
    const stack = this.resources().find(({ type }) => type === "pulumi:pulumi:Stack");
    const outputs = stack?.outputs ?? {};
    if (JSON.stringify(outputs).includes(secretMark)) return undefined;
    return Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name, { value, secret: false }]),
    );
  }

  /** The latest run and what it did. */
  lastUpdate(): UpdateSummary | undefined {
    const folder = join(this.#root, "history", this.project, "test");
    const [latest] = readdirSync(folder)
      .filter((name) => name.endsWith(".history.json"))
      .sort()
      .reverse();
    return latest ? JSON.parse(readFileSync(join(folder, latest), "utf8")) : undefined;
  }
}
