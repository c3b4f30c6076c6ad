import { cinderRestoration } from "./cinderRestoration";
import { cinderSnapshot } from "./cinderSnapshot";
import { cinderVolume } from "./cinderVolume";
import { trilioRestoration } from "./trilioRestoration";
import { waldurAttachment } from "./waldurAttachment";
import { waldurRestoration } from "./waldurRestoration";
import { waldurSnapshot } from "./waldurSnapshot";
import { waldurVolume } from "./waldurVolume";

/** What the suite has to know of each kind of resource. */
export const cases = [
  ...[waldurSnapshot, waldurVolume, waldurAttachment, waldurRestoration],
  ...[cinderSnapshot, cinderVolume, cinderRestoration],
  trilioRestoration,
];
