import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cases } from "../../fronts/contract/cases";
import type { Case } from "../../fronts/contract/support/case";
import type { Scene } from "../../fronts/contract/support/scene";
import { type Exported, exportOf } from "../../fronts/contract/support/stack";
import type { World } from "../../fronts/contract/support/worlds";
import { type Outcome, Run } from "./run";

/** What the command prints of an orphan as JSON. */
export interface Listed {
  id: string;
  name: string | null;
  kind: string;
  stack: string | null;
  resource: { type: string; name: string; inState: boolean } | null;
  keptUntil: string | null;
  retentionMode: string | null;
  notes: string[];
  adopt: string | null;
  remove: string | null;
}

/** The kinds of resources whose objects are marked and can be listed. */
export const marked: readonly Case[] = cases.filter(({ type }) => type !== "waldur:VolumeAttachment");

/** The case of a type, e.g. `waldur:Snapshot`. */
export function caseOf(type: string): Case {
  const found = marked.find((each) => each.type === type);
  if (found === undefined) throw new Error(`there is no case ${type}`);
  return found;
}

/** A resource of the stack that is another provider's: what every state has, however little it holds of this one. */
export const bystander = {
  urn: "urn:pulumi:test::shop::pulumi:pulumi:Stack::shop-test",
  type: "pulumi:pulumi:Stack",
};

/** `openstack-snapshots orphans` as it runs beside a scene, on its server, with a state of its choice. */
export class OrphansRun {
  /** A folder for the files of an adoption. */
  readonly out = mkdtempSync(join(tmpdir(), "openstack-snapshots-orphans-"));

  constructor(readonly scene: Scene) {}

  /** The state of the scene's stack as it is now. @param parts what else it holds */
  state(...parts: Exported[]): string {
    return exportOf([{ resources: [bystander], pending_operations: [] }, ...parts]);
  }

  /** Runs it. @param state what is piped in as `--state -` */
  run(state: string, ...args: string[]): Promise<Outcome> {
    return this.start(["--state", "-", ...args], state).outcome();
  }

  /** The same, while it runs. */
  start(args: readonly string[], input = ""): Run {
    const { clock, settings } = this.scene.world;
    const env = { ...process.env, ...envOf(settings) };
    const [name = ""] = this.scene.kind.type.split(":");
    const backend = name === "waldur" ? [] : ["--backend", name];
    return new Run(["orphans", ...backend, ...args], { env, cwd: process.cwd(), clock, input });
  }

  /** What it lists, for programs. */
  async listed(state: string, ...args: string[]): Promise<Listed[]> {
    const { stdout } = await this.run(state, "-o", "json", ...args);
    return JSON.parse(stdout);
  }

  dispose(): void {
    rmSync(this.out, { recursive: true, force: true });
  }
}

/** The settings of a world as variables of the environment. */
function envOf(settings: World["settings"]): Record<string, string> {
  const names: Record<string, string> = {
    waldurApiUrl: "WALDUR_API_URL",
    waldurAccessToken: "WALDUR_ACCESS_TOKEN",
    authUrl: "OS_AUTH_URL",
    username: "OS_USERNAME",
    password: "OS_PASSWORD",
    projectName: "OS_PROJECT_NAME",
    userDomainName: "OS_USER_DOMAIN_NAME",
    projectDomainName: "OS_PROJECT_DOMAIN_NAME",
  };
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [names[name] ?? name, value]));
}
