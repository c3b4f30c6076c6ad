/** The texts of errors that Pulumi is about to print, besides handing the error to the engine, which prints it too. */
const expected: string[] = [];

/**
 * Has an error printed by the engine alone. Where `check`, `diff`, `read` or `delete` fail, Pulumi's dynamic provider
 * writes the error to standard error before it answers; the engine shows both, the first one beside the stack.
 *
 * @param error as it is thrown to Pulumi
 */
export function tellOnce(error: Error): void {
  expected.push(`${error}: ${error.stack}`);
}

/**
 * Leaves out what {@link tellOnce} has announced, and nothing else: who prints in another form is heard twice.
 *
 * @param output of the process in which Pulumi runs the dynamic provider
 */
export function leaveOutTold(output: Pick<Console, "error">): void {
  const print = output.error.bind(output);
  output.error = (...values: unknown[]) => {
    const index = values.length === 1 ? expected.indexOf(String(values[0])) : -1;
    if (index < 0) print(...values);
    else expected.splice(index, 1);
  };
}
