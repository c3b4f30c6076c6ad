#!/usr/bin/env node
import { ioOf } from "./processIo";
import { run } from "./run";

void run(process.argv.slice(2), ioOf(process)).then((code) => {
  process.exitCode = code;
});
