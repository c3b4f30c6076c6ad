/** An emulator that runs. */
export interface Started {
  emulator: { close(): Promise<void> };
  /** What to print: where it listens and how to use it; ends with a newline. */
  introduction: string;
}
