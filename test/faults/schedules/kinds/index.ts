import { access } from "./access";
import { bodies } from "./bodies";
import { ends } from "./ends";
import type { FaultKind } from "./kind";
import { lost } from "./lost";
import { reads } from "./reads";
import { redirects } from "./redirects";
import { refusals } from "./refusals";
import { time } from "./time";

export type { Fault, Wire } from "./kind";

/** Every kind of fault that a schedule draws from. */
export const faultKinds: readonly FaultKind[] = [
  ...[...lost, ...bodies, ...refusals, ...redirects],
  ...[...time, ...reads, ...access, ...ends],
];
