// Builds `dist`, which programs and the dynamic provider load.
import { build } from "./tools";

build().then((code) => {
  process.exitCode = code;
});
