/** A refusal, thrown by handlers; the server puts it into the envelope that the guesses say. */
export class TrilioRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** 404 of an object that does not exist in the project (contract 7). */
export function notFound(kind: "Restore" | "Snapshot" | "Workload", id: string): TrilioRefusal {
  return new TrilioRefusal(404, `${kind} ${id} could not be found.`);
}
