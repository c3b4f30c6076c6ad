// Loaded by `node --require` into the processes of tests. Pulumi's SDK loads the TypeScript compiler and npm's resolver
// of dependencies at once, though only a program that gives functions to the cloud needs them: two thirds of the time
// that every process of a program, a provider or a policy pack takes to start. Here each is loaded when it is used.
const Module = require("node:module");

const late = new Set(["typescript", "@npmcli/arborist"]);
const load = Module._load;

Module._load = function loadLate(request, parent, isMain) {
  if (!late.has(request)) return load.call(this, request, parent, isMain);
  let loaded;
  const real = () => {
    loaded ??= load.call(Module, request, parent, isMain);
    return loaded;
  };
  return new Proxy(
    {},
    {
      // What compiled imports ask first of all; the answer has them take the module as it is, later too.
      get: (_, key) => (key === "__esModule" ? true : real()[key]),
      has: (_, key) => key in real(),
      ownKeys: () => Reflect.ownKeys(real()),
      getOwnPropertyDescriptor: (_, key) => ({
        ...Reflect.getOwnPropertyDescriptor(real(), key),
        configurable: true,
      }),
    },
  );
};

// Pulumi's SDK notes the stack of every promise of a program, in an error without a message. To write one down, above all
// where Vite maps each frame to its source, took a tenth of the time of a file of tests; nobody reads them.
let prepare;
const plain = (error) => String(error);

Object.defineProperty(Error, "prepareStackTrace", {
  configurable: true,
  get: () => prepare && ((error, frames) => (error.message === "" ? plain : prepare)(error, frames)),
  set: (value) => {
    prepare = value;
  },
});
