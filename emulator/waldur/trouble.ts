/** What a fault does to one object (see faults.ts). */
export interface Trouble {
  /** It never leaves its pending state. */
  stuck?: boolean;
  /** It ends `Erred` with this message. */
  failWith?: string;
  /** Its countdowns take this many times longer. */
  factor?: number;
  /** This many reads answer 404 as if it did not exist yet. */
  missingReads?: number;
  /** A state spelling that no client knows, shown as long as it is pending and `seconds` have not passed. */
  disguise?: { state: string; seconds: number };
}
