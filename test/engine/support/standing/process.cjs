// A process that stands while runs of the engine come and go, and is to them what they would start processes for: the
// dynamic provider, or a program. Loading Pulumi's SDK takes over a second of a core each time. Each run gets the
// package as a new process would: loaded anew, with the environment, the folder and the clock of that run.
const { createRequire } = require("node:module");
const { sep } = require("node:path");
require("../../../support/ownConnections.cjs");
const grpc = require("@grpc/grpc-js");
const { LocalWorkspace, PulumiCommand, Stack } = require("@pulumi/pulumi/automation");
const emptyproto = require("google-protobuf/google/protobuf/empty_pb.js");

const [, , repository] = process.argv;
const provider = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
const now = Date.now;

/** Takes on the surroundings of a run. */
function stepInto({ env, cwd }) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  const ahead = Number(env.CLOCK_AHEAD_MS ?? 0);
  Date.now = () => now() + ahead;
  for (const file of Object.keys(require.cache)) {
    const isOwn = [`${repository}${sep}dist${sep}`, `${cwd}${sep}`].some((folder) => file.startsWith(folder));
    if (file === provider || isOwn) delete require.cache[file];
  }
}

/** The server that Pulumi's own code for dynamic providers makes. */
let server;

/** Starts Pulumi's own server of dynamic providers. @returns its port */
function serve(where) {
  stepInto(where);
  return new Promise((resolve) => {
    const { addService } = grpc.Server.prototype;
    const { log } = console;
    grpc.Server.prototype.addService = function addAttachable(service, implementation) {
      server = this;
      // An engine that does not start the process says here what it would say in its arguments.
      implementation.attach = ({ request }, answer) => {
        process.argv[2] = request.getAddress();
        answer(null, new emptyproto.Empty());
      };
      return addService.call(this, service, implementation);
    };
    // It prints its port, as the engine expects it.
    console.log = (port) => {
      console.log = log;
      grpc.Server.prototype.addService = addService;
      resolve(Number(port));
    };
    // Until the engine attaches there is no address.
    process.argv = [process.argv[0], provider, "none"];
    require(provider);
  });
}

const commands = new Map();

/** The command line, asked for its version only once. */
function commandOf(root) {
  const command = commands.get(root) ?? PulumiCommand.get({ root, skipVersionCheck: true });
  commands.set(root, command);
  return command;
}

/** `pulumi up` or `pulumi preview` of what the stack declares, through the Automation API. */
async function run({ command, where, home, root, options }) {
  stepInto(where);
  const pulumiCommand = await commandOf(root);
  const envVars = where.env;
  const workspace = await LocalWorkspace.create({
    workDir: where.cwd,
    envVars,
    pulumiHome: home,
    pulumiCommand,
  });
  workspace.selectStack = async () => undefined;
  const stack = await Stack.select("test", workspace);
  const program = createRequire(`${where.cwd}${sep}`)("./index.js");
  // It asks the command line for these after the run; they are in the files of the state.
  Object.assign(stack, { info: async () => undefined, outputs: async () => ({}) });
  const print = (text) => process.send({ printed: text });
  await stack[command]({ ...options, program, onOutput: print, onError: print });
}

const answers = {
  serve,
  run,
  async stop() {
    server?.forceShutdown();
    server = undefined;
  },
};

// What a program leaves behind when it has failed is nobody's error.
process.on("unhandledRejection", () => {});
process.on("disconnect", () => process.exit());
process.on("message", async ({ ask, given }) => {
  try {
    process.send({ answer: await answers[ask](given) });
  } catch (error) {
    process.send({ error: String(error?.message ?? error) });
  }
});
