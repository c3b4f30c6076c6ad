// Loaded by `node --require` into the processes of tests: their machine's clock is so many milliseconds ahead. Policy
// packs have the true time, since they judge what a server made long ago.
const ahead = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const now = Date.now;
const judges = process.argv.some((argument) => argument.includes("run-policy-pack"));
if (ahead !== 0 && !judges) Date.now = () => now() + ahead;
