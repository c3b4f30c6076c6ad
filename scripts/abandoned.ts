/**
 * Has this process end as if it had been terminated once nobody is there any more who wanted it: npm's shell has
 * gone without passing a signal on, or the reader of the output has. What ends in that way tidies up first.
 */
export function endWhenAbandoned(): void {
  const terminate = () => process.kill(process.pid, "SIGTERM");
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    terminate();
  }, 300);
  watch.unref();
  for (const stream of [process.stdout, process.stderr]) stream.on("error", terminate);
}
