import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../scripts/engine/run";
import { Guarded } from "./guarded";
import { type Packages, pythonEnv } from "./packages";
import { freePort } from "./ports";
import { type CinderOptions, cinderSettings } from "./settings";
import { answering, logs } from "./starting";

const manage = "import sys; from cinder.cmd.manage import main; sys.argv[0] = 'cinder-manage'; main()";
const writeAhead = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('pragma journal_mode=wal')";

/** A running Cinder: API, scheduler and volume service in one process. */
export class CinderProcess {
  #server: Guarded | undefined;

  private constructor(
    readonly packages: Packages,
    readonly folder: string,
    readonly port: number,
    readonly options: CinderOptions,
  ) {}

  /**
   * Starts a Cinder with an empty database.
   *
   * @param template an empty database, made here where there is none yet: it takes some seconds
   */
  static async start(
    packages: Packages,
    folder: string,
    keystone: () => Promise<string>,
    template: string,
    options: CinderOptions = {},
  ): Promise<CinderProcess> {
    for (const part of ["volumes", "locks"]) mkdirSync(join(folder, part), { recursive: true });
    const cinder = new CinderProcess(packages, folder, await freePort(), options);
    const { python, folder: venv } = packages;
    const settings = (url: string) => cinderSettings(folder, venv, cinder.port, url, options);
    const database = join(folder, "cinder.sqlite");
    if (!existsSync(template)) {
      writeFileSync(join(folder, "cinder.conf"), settings("http://127.0.0.1:1"));
      const sync = ["-c", manage, "--config-file", join(folder, "cinder.conf"), "db", "sync"];
      const env = pythonEnv(packages);
      await run(python, sync, { env });
      await run(python, ["-c", writeAhead, database], { env });
      copyFileSync(database, template);
    } else {
      copyFileSync(template, database);
    }
    writeFileSync(join(folder, "cinder.conf"), settings(await keystone()));
    await cinder.run();
    return cinder;
  }

  /** `http://127.0.0.1:PORT`, below which `/v3` is. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts its process, also after a crash: then on the same port, with what the database holds. */
  async run(): Promise<void> {
    const { packages, folder, options } = this;
    const aio = join(__dirname, "aio");
    const server = await Guarded.start({
      packages,
      args: [join(aio, "cinder_aio.py"), "--config-file", join(folder, "cinder.conf")],
      env: { PYTHONPATH: aio, CINDER_FOLDER_DELAY: String(options.delay ?? 0) },
      folder,
      log: join(folder, "cinder.out"),
    });
    this.#server = server;
    await answering(`${this.url}/healthcheck`, server, () => logs(folder));
  }

  /** Ends its process in the middle of whatever it does (SIGKILL). */
  async crash(): Promise<void> {
    await this.#server?.crash();
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
