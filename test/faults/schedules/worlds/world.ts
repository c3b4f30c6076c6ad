import type { World } from "../../../fronts/contract/support/worlds";
import type { Dice } from "../dice";
import type { Answer, Asked, Host } from "../wire/messages";

/** Something on the server that a resource may have made. */
export interface Thing {
  kind: string;
  id: string;
  name: string;
  /** Until when it must not be deleted, in ms since the epoch. */
  keptUntil?: number | undefined;
  /** Whether its deletion has begun. */
  going: boolean;
}

/** A server in this process with everything around it that a schedule can break. */
export interface FaultWorld extends World {
  /** `waldur`, `cinder` or `trilio`. */
  readonly backend: string;
  /** The servers by their origins. */
  readonly hosts: ReadonlyMap<string, Host>;
  /** Everything that is there, whoever made it. */
  things(): Thing[];
  /** Every credential that was ever good. */
  secrets(): string[];
  /** Ends every token that was issued; a server without tokens that end does nothing. */
  revoke(): void;
  /** Takes from the user what lets it see its objects. @returns what gives it back */
  loseRole(): () => void;
  /** Something of somebody else's goes or comes, so that lists shift. */
  disturb(dice: Dice): void;
  /** Somebody else makes an object that looks like what a request asks for. @returns its id, if it can be made */
  twin(asked: Asked): string | undefined;
  /** The server forgets until when snapshots are kept, or has something there that nobody can read. */
  loseRetention(dice: Dice): void;
  /** A refusal in the service's own words. */
  refusal(status: number): Pick<Answer, "status" | "body">;
  /** The answer to a list as a server gives it that always has a next page. */
  endless(asked: Asked): Promise<Answer>;
  /** Whether a request reads one page of a list. */
  isList(asked: Asked): boolean;
  /** A request as it comes to a server whose pages are at most this long. */
  capped(asked: Asked, length: number): Asked;
}
