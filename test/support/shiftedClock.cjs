// Loaded by `node --require` into the processes of tests: their machine's clock is so many milliseconds ahead.
const ahead = Number(process.env.CLOCK_AHEAD_MS ?? 0);
const now = Date.now;
if (ahead !== 0) Date.now = () => now() + ahead;
