import { beforeEach, describe, expect, it } from "vitest";
import { limited, TimeLimitError } from "../../../../provider/core/deadline";
import { ApiError, ConnectionError } from "../../../../provider/core/errors";
import { HttpClient, type HttpOptions, type HttpRequest } from "../../../../provider/core/http/http";
import type { Transport, WireResponse } from "../../../../provider/core/http/transport";
import { failure, VirtualClock } from "../../../support/virtualClock";

const get: HttpRequest = { method: "GET", path: "/x/" };
const post: HttpRequest = { method: "POST", path: "/x/" };
const ok: WireResponse = { status: 200, headers: {}, text: '{"fine":true}' };
const minute = 60_000;

let clock: VirtualClock;
let sent: Parameters<Transport>[0][];
beforeEach(() => {
  clock = new VirtualClock();
  sent = [];
});

/** A client whose requests are answered one after the other; the last answer is repeated. */
function clientOf(answers: (WireResponse | Transport)[], more: Partial<HttpOptions> = {}) {
  return new HttpClient({
    origin: "https://x",
    authorization: () => ({}),
    clock,
    transport: async (request) => {
      const answer = answers[Math.min(sent.push(request), answers.length) - 1] ?? ok;
      return typeof answer === "function" ? answer(request) : answer;
    },
    ...more,
  });
}

/** A server that never answers. */
const silent: Transport = ({ signal }) =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));

describe("the time limit of an operation", () => {
  it("keeps a request from being repeated that would come after it", async () => {
    for (const [limitMs, times] of [
      [375, 1],
      [376, 2],
    ] as const) {
      sent = [];
      const { signal, end } = limited(clock, limitMs, "a moment");
      const http = clientOf([{ ...ok, status: 503 }, ok]);
      // The first pause is 375 ms.
      await clock.run(http.request({ ...get, signal }).catch(() => undefined));
      expect(sent).toHaveLength(times);
      end();
    }
  });

  it("leaves a refused request its own error", async () => {
    const { signal } = limited(clock, 374, "a moment");
    const refused = clientOf([{ ...ok, status: 503 }]).request({ ...post, repeatable: true, signal });
    expect((await clock.run(failure(refused, ApiError))).status).toBe(503);
  });

  it("ends a read with its own reason", async () => {
    const { signal } = limited(clock, minute, "1 min");
    const ended = failure(clientOf([silent]).request({ ...get, signal }), TimeLimitError);
    expect((await clock.run(ended)).message).toBe("the time limit of 1 min is over");
  });

  it("ends a write, of which nobody knows then what it did", async () => {
    const { signal } = limited(clock, minute, "1 min");
    const ended = clientOf([silent]).request({ ...post, path: "/x/?field=a", signal });
    expect(await clock.run(failure(ended, ConnectionError))).toMatchObject({
      message: "POST https://x/x/ was not answered in time: the time limit of 1 min is over",
      sent: true,
    });
    expect(sent).toHaveLength(1);
  });

  it("alone ends a write that is under way, not who cancels everything", async () => {
    const stop = new AbortController();
    const { signal } = limited(clock, minute, "1 min", stop.signal);
    const slow: Transport = async (request) => {
      stop.abort(new Error("enough"));
      return (await Promise.race([silent(request), clock.sleep(1000)])) ?? ok;
    };
    expect((await clock.run(clientOf([slow]).request({ ...post, signal }))).status).toBe(200);
    const again = clientOf([ok]).request({ ...post, signal });
    await expect(again).rejects.toThrow("enough");
  });

  it("leaves the error of a write that failed before it is over", async () => {
    const { signal } = limited(clock, minute, "1 min");
    const broken: Transport = async () => Promise.reject(new ConnectionError("reset", true));
    const error = await clock.run(failure(clientOf([broken]).request({ ...post, signal }), ConnectionError));
    expect(error.message).toBe("reset");
  });
});

describe("the body of an answer", () => {
  /** The answer begins at once, and its body never ends. */
  const endless: Transport = (request) => {
    request.onAnswer?.();
    return silent(request);
  };

  it("may take two minutes to come, and no longer", async () => {
    const error = await clock.run(failure(clientOf([endless]).request(post), ConnectionError));
    expect(error).toMatchObject({
      message: "POST https://x/x/: the answer was not complete after 120 s",
      sent: true,
    });
    expect(clock.elapsed).toBe(2 * minute);
  });

  it("is not late where the answer has not begun, and nothing rings once it is there", async () => {
    const late: Transport = async ({ signal, onAnswer }) => {
      await clock.sleep(10 * minute, signal);
      onAnswer?.();
      return ok;
    };
    expect((await clock.run(clientOf([late]).request(post))).body).toEqual({ fine: true });
    expect(clock.sleepers).toBe(0);
  });
});

describe("a request that is refused for now", () => {
  it("is repeated a moment after the time that the server asks for", async () => {
    const http = clientOf([{ ...ok, status: 429, headers: { "retry-after": "7" } }, ok]);
    await clock.run(http.request(post));
    expect(clock.elapsed).toBe(7125);
  });

  it("is repeated where it only looks", async () => {
    await clock.run(clientOf([{ ...ok, status: 503 }, ok]).request({ method: "HEAD", path: "/x/" }));
    expect(sent).toHaveLength(2);
  });
});

describe("a success that is not what was asked for", () => {
  const usable = (body: unknown) => typeof body === "object" && body !== null && "fine" in body;

  it("is no answer to a read, which is repeated", async () => {
    const http = clientOf([{ ...ok, text: "" }, { ...ok, text: "{}" }, ok]);
    expect((await clock.run(http.request({ ...get, usable }))).body).toEqual({ fine: true });
    expect(sent).toHaveLength(3);
  });

  it.each([
    ["", "something else than what was asked for: nothing"],
    ['{"detail":"Hello"}', 'something else than what was asked for: {"detail":"Hello"}'],
    ['"fine"', 'something else than what was asked for: "fine"'],
    ["<html><title>Hello</title></html>", "a body that is not JSON: Hello"],
  ])("(%j) is told as %s", async (text, words) => {
    const asked = clientOf([{ ...ok, text }]).request({ ...post, usable });
    const error = await clock.run(failure(asked, ConnectionError));
    expect(error).toMatchObject({ message: `POST https://x/x/ answered 200 with ${words}`, sent: true });
  });

  it("is one all the same where nobody says what was asked for", async () => {
    expect((await clientOf([{ ...ok, text: ' "fine" ' }]).request(post)).body).toBe("fine");
    expect((await clientOf([{ ...ok, text: "\n" }]).request(post)).body).toBeUndefined();
  });
});

describe("a refusal", () => {
  it("is a redirect that does not say where to", async () => {
    const error = await failure(clientOf([{ ...ok, status: 302 }, ok]).request(get), ApiError);
    expect(error.status).toBe(302);
    expect(sent).toHaveLength(1);
  });

  it("shows that there was a credential, and not which", async () => {
    const http = clientOf([{ ...ok, status: 403, text: '{"detail":"No hunter2."}' }], {
      secrets: () => ["", "hunter2"],
    });
    const error = await failure(http.request({ ...get, path: "/hunter2/" }), ApiError);
    expect(error.message).toBe("GET https://x/[secret]/ answered 403: No [secret].");
  });

  it("can be explained to who has set this up", async () => {
    const explained = (error: ApiError) =>
      new ApiError({ ...error, reason: `${error.reason} Ask for a role.` });
    const http = clientOf([{ ...ok, status: 403, text: '{"detail":"No."}' }], { explained });
    const error = await failure(http.request(get), ApiError);
    expect(error.message).toBe("GET https://x/x/ answered 403: No. Ask for a role.");
  });

  it("holds the names at the top of what came, and none where that is no object", async () => {
    const keysOf = async (text: string) =>
      (await failure(clientOf([{ ...ok, status: 404, text }]).request(get), ApiError)).keys;
    expect(await keysOf('{"detail":"No.","code":1}')).toEqual(["detail", "code"]);
    expect(await keysOf('["No."]')).toEqual([]);
    expect(await keysOf("No.")).toEqual([]);
  });

  it("takes the first of several values of a header", async () => {
    const headers = { "retry-after": ["7", "9"] };
    const error = await failure(clientOf([{ ...ok, headers, status: 400 }]).request(post), ApiError);
    expect(error.retryAfterMs).toBe(7000);
  });
});

it("a write without a body sends none", async () => {
  await clientOf([ok]).request(post);
  expect(sent[0]).toMatchObject({ method: "POST", path: "/x/", body: undefined });
});
