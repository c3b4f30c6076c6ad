import { EngineCalls } from "./engineCalls";
import { DynamicFront } from "./front";
import { leaveOutTold } from "./toldOnce";

leaveOutTold(console);

/** What the text of a dynamic provider calls: there is one front in a process. */
const front = new DynamicFront(undefined, undefined, undefined, new EngineCalls());

/** The provider of one kind of resource, as Pulumi calls it. @param type e.g. `waldur:Snapshot` */
export const provider = front.provider.bind(front);
