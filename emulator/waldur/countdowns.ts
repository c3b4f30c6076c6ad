/** How long the server takes for each step, in seconds. */
export interface Countdowns {
  /** From an accepted request to its first task (`... Scheduled` to `Creating`, `Updating`, `Deleting`). */
  start: number;
  /** From `Creating` to the poll that finds a snapshot available. */
  snapshotPoll: number;
  /** From `Creating` to the poll that finds a volume available. */
  volumePoll: number;
  /** From `Updating` to the poll that finds a retyped volume available. */
  retypePoll: number;
  /** One polling round of extend, attach, detach and deletion. */
  poll: number;
  /** A call to the cloud that Waldur waits for (rename). */
  cloud: number;
  /** From a change of `runtime_state` or of the marketplace resource to the change of `state`. */
  settle: number;
  /** From an executing order to its volume, when `resource_uuid` appears (contract: 0.3-0.8 s). */
  orderPickup: number;
  /** From `erred` to the error message of an order whose volume the cloud refused at once (recording 15, 23). */
  orderMessage: number;
  /** How often a create that waits for a free slot tries again. */
  throttleRetry: number;
  /** Extra time that the recorded cloud took for a name with `SLOW` (recording 21). */
  slow: number;
}

/** The countdowns of a real server with a cloud that needs 1.5 s (recording 22). */
export const realCountdowns: Countdowns = {
  start: 2,
  snapshotPoll: 10,
  volumePoll: 30,
  retypePoll: 10,
  poll: 5,
  cloud: 1.5,
  settle: 0.25,
  orderPickup: 0.5,
  orderMessage: 0.02,
  throttleRetry: 5,
  slow: 15,
};

/** The countdowns of all other recordings: the server was set to wait for two seconds at most. */
export const shortCountdowns: Countdowns = {
  ...realCountdowns,
  snapshotPoll: 2,
  volumePoll: 2,
  retypePoll: 2,
  poll: 2,
  orderPickup: 0.37,
  throttleRetry: 2,
  slow: 13.5,
};
