import type { Reply } from "../http/reply";

const titles = { 400: "Bad Request", 401: "Unauthorized", 404: "Not Found" };

/** A request that Keystone refuses. */
export class KeystoneRefusal extends Error {
  constructor(
    private readonly status: keyof typeof titles,
    message: string,
  ) {
    super(message);
  }

  /** The refusal as Keystone answers it. */
  get reply(): Reply {
    const { status, message } = this;
    return { status, body: { error: { code: status, title: titles[status], message } } };
  }
}

/** 401, without a word about what was wrong. */
export function unauthorized(): KeystoneRefusal {
  return new KeystoneRefusal(401, "The request you have made requires authentication.");
}
