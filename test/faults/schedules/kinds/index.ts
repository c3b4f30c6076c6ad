import { access } from "./access";
import { bodies } from "./bodies";
import { ends } from "./ends";
import type { FaultKind } from "./kind";
import { lost } from "./lost";
import { reads } from "./reads";
import { redirects } from "./redirects";
import { refusals } from "./refusals";
import { clocks, lostRetention } from "./time";

export type { Fault, FaultKind, Wire } from "./kind";

export { clocks, lostRetention } from "./time";

/** Every kind of fault that a schedule draws from. */
export const faultKinds: readonly FaultKind[] = [
  ...[...lost, ...bodies, ...refusals, ...redirects],
  ...[...clocks, lostRetention, ...reads, ...access, ...ends],
];
