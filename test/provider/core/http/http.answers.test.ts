import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { ApiError, ConnectionError, messageOf, UserError } from "../../../../provider/core/errors";
import { version } from "../../../../provider/core/version";
import { clientOf, token } from "../../../support/http";
import { type ScriptedServer, type Step, scripted } from "../../../support/scriptedServer";
import { failure, someDay } from "../../../support/virtualClock";

let server: ScriptedServer;
let other: ScriptedServer | undefined;
afterEach(async () => {
  await server.close();
  await other?.close();
  other = undefined;
});

const ok: Step = { status: 200, body: { fine: true } };

async function refused(step: Step): Promise<ApiError> {
  server = await scripted([step]);
  return failure(clientOf(server).http.request({ method: "POST", path: "/api/x/" }), ApiError);
}

describe("a request", () => {
  it("says who asks and what it understands, with the credential and JSON", async () => {
    server = await scripted([ok]);
    const { http } = clientOf(server);
    const query = { a: 1, none: undefined, state: ["OK", "ERRED"], name: "x&y z" };
    await http.request({ method: "POST", path: "/api/x/", query, body: { b: [2] } });
    const [{ url, headers, body } = { url: "", headers: {}, body: "" }] = server.requests;
    expect(url).toBe("/api/x/?a=1&state=OK&state=ERRED&name=x%26y+z");
    expect(headers["user-agent"]).toBe(`pulumi-openstack-snapshots/${version}`);
    expect(headers).toMatchObject({ accept: "application/json", "content-type": "application/json" });
    expect(headers.authorization).toBe(`Token ${token}`);
    expect(body).toBe('{"b":[2]}');
  });

  it("without a body has no content type", async () => {
    server = await scripted([ok]);
    await clientOf(server).http.request({ method: "GET", path: "/" });
    expect(server.requests[0]?.headers).not.toHaveProperty("content-type");
  });

  it("takes an empty answer for nothing, and a HEAD for its headers", async () => {
    server = await scripted([{ status: 204 }, { status: 200, headers: { "x-result-count": "7" } }]);
    const { http } = clientOf(server);
    expect((await http.request({ method: "DELETE", path: "/" })).body).toBeUndefined();
    const head = await http.request({ method: "HEAD", path: "/" });
    expect(head).toMatchObject({ body: undefined, headers: { "x-result-count": "7" } });
  });

  it("may have headers of its own, and take other statuses for an answer", async () => {
    const choices = { status: 300, body: { versions: [] } };
    server = await scripted([choices, choices]);
    const { http } = clientOf(server);
    const get = { method: "GET", path: "/", headers: { "x-more": "1" } } as const;
    expect(await http.request({ ...get, answers: [300] })).toMatchObject({ status: 300, body: choices.body });
    expect(server.requests[0]?.headers).toMatchObject({ "x-more": "1", authorization: `Token ${token}` });
    expect((await failure(http.request(get), ApiError)).status).toBe(300);
  });
});

describe("the error of an answer", () => {
  const cases: [string, unknown, string][] = [
    [
      "errors by field",
      { name: ["This field is required."], size: ["Too small.", "Not whole."] },
      "name: This field is required.; size: Too small. Not whole.",
    ],
    ["errors of the whole", { non_field_errors: ["Not both."] }, "Not both."],
    ["a detail", { detail: "Valid states for operation: OK." }, "Valid states for operation: OK."],
    [
      "a bare list",
      ["One or more quotas were exceeded: volumes"],
      "One or more quotas were exceeded: volumes",
    ],
    ["Cinder's", { badRequest: { code: 400, message: "Invalid volume" } }, "Invalid volume"],
    [
      "a page",
      "<!doctype html><html><title>Not Found</title><p>The resource</p></html>",
      "Not Found: The resource",
    ],
    ["nothing", "", ""],
  ];
  it.each(cases)("holds the words of %s", async (_, body, reason) => {
    expect((await refused({ status: 400, body })).reason).toBe(reason);
  });

  it("names method, path with query, status, words and request id", async () => {
    server = await scripted([{ status: 403, headers: { "x-request-id": "req-7" }, body: { detail: "No." } }]);
    const asked = clientOf(server).http.request({ method: "GET", path: "/api/x/", query: { o: "name" } });
    const error = await failure(asked, ApiError);
    expect(error.message).toBe(`GET ${server.origin}/api/x/?o=name answered 403: No. (request id req-7)`);
    expect(error).toMatchObject({ method: "GET", path: "/api/x/?o=name", status: 403, json: true });
  });

  it("takes OpenStack's request id too, and says so where there are no words", async () => {
    const error = await refused({ status: 404, headers: { "x-openstack-request-id": "req-9" }, body: "" });
    expect(error.message).toBe(
      `POST ${error.origin}/api/x/ answered 404: no reason given (request id req-9)`,
    );
  });

  it.each([
    ["x-compute-request-id", { "x-compute-request-id": "req-2", "x-request-id": "other" }],
    ["x-openstack-request-id", { "x-openstack-request-id": "req-2", "x-compute-request-id": "other" }],
  ])("takes the request id of %s before that of lesser headers", async (_, headers) => {
    expect((await refused({ status: 404, headers })).requestId).toBe("req-2");
  });

  it("has the request id also where the body cannot be read", async () => {
    server = await scripted([{ status: 200, headers: { "x-openstack-request-id": "req-3" }, body: "hello" }]);
    const error = await failure(
      clientOf(server).http.request({ method: "POST", path: "/" }),
      ConnectionError,
    );
    expect(error.message).toMatch(/is not JSON: hello \(request id req-3\)$/);
  });

  it("repeats of a body that cannot be read no more than 80 characters", async () => {
    server = await scripted([{ status: 200, body: "x".repeat(81) }]);
    const asked = clientOf(server).http.request({ method: "POST", path: "/" });
    expect((await failure(asked, ConnectionError)).message).toMatch(/ answered 200 .* is not JSON: x{80}$/);
  });

  it.each([
    [{ itemNotFound: { code: 404, message: "No." } }, "itemNotFound"],
    [{ message: "No.<br /><br />", code: "404 Not Found", title: "Not Found" }, undefined],
    [{ detail: "No." }, undefined],
    [["No."], undefined],
    ["No.", undefined],
    [{ a: { message: "No." }, b: {} }, undefined],
  ])("of %j is of the kind %s", async (body, fault) => {
    const error = await refused({ status: 404, body });
    expect(error.fault).toBe(fault);
    expect(error.reason).toMatch(/No\.($|; )/);
  });

  it("tells the API's own words from those of a web server in front", async () => {
    expect((await refused({ status: 404, body: { detail: "Not found." } })).json).toBe(true);
    await server.close();
    expect((await refused({ status: 404, body: "<html><title>404</title></html>" })).json).toBe(false);
  });
});

describe("the credential", () => {
  const spot = fc.constantFrom(
    "json",
    "list",
    "html",
    "text",
    "location",
    "request id",
    "no JSON",
    "redirected",
  );
  const padding = fc.integer({ min: 0, max: 700 });

  it("is in no error, wherever the server repeats it", async () => {
    let step: Step = ok;
    server = await scripted(() => step);
    const { http } = clientOf(server);
    await fc.assert(
      fc.asyncProperty(spot, padding, async (where, length) => {
        // Right before the place where a long text is cut, half of it would be left over.
        const text = `${"x".repeat(length)} ${token} and more`;
        const location = `/login/?next=${token}`;
        const steps: Record<typeof where, Step> = {
          json: { status: 400, body: { detail: text } },
          list: { status: 400, body: [text] },
          html: { status: 404, body: `<html><title>${text}</title></html>` },
          text: { status: 404, body: text },
          location: { status: 302, headers: { location } },
          "request id": { status: 400, headers: { "x-request-id": token }, body: {} },
          "no JSON": { status: 200, body: `{${text}` },
          redirected: { status: 302, headers: { location } },
        };
        step = steps[where];
        const method = where === "redirected" ? "GET" : "POST";
        const error = await http.request({ method, path: "/api/x/" }).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(Error);
        const shown = `${messageOf(error)} ${JSON.stringify(error)}`;
        for (let i = 0; i + 8 <= token.length; i++) expect(shown).not.toContain(token.slice(i, i + 8));
      }),
    );
  });

  it("is in no error where no answer comes", async () => {
    server = await scripted(["reset"]);
    const { http } = clientOf(server);
    const error = await failure(http.request({ method: "POST", path: "/api/x/" }), ConnectionError);
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain(token);
    expect(error.message).toMatch(/^POST http:\/\/127\.0\.0\.1:\d+\/api\/x\/: no answer: /);
  });
});

describe("a redirect", () => {
  it("is followed by a GET within the origin, relative to where it was", async () => {
    server = await scripted((request) => {
      if (request.url === "/api/x") return { status: 301, headers: { location: "/api/x/" } };
      if (request.url === "/api/x/") return { status: 302, headers: { location: "../y/?page=2" } };
      return { status: 200, body: { came: request.url } };
    });
    expect((await clientOf(server).http.request({ method: "GET", path: "/api/x" })).body).toEqual({
      came: "/api/y/?page=2",
    });
  });

  it.each([301, 302, 303, 307, 308])("%i of a GET is followed", async (status) => {
    server = await scripted([{ status, headers: { location: "/api/y/" } }, ok]);
    expect((await clientOf(server).http.request({ method: "GET", path: "/api/x/" })).status).toBe(200);
    expect(server.requests.map(({ url }) => url)).toEqual(["/api/x/", "/api/y/"]);
  });

  it.each([201, 300, 304, 409])("is not what %i with a location is", async (status) => {
    server = await scripted([{ status, headers: { location: "/api/y/" }, body: { detail: "No." } }]);
    const asked = clientOf(server).http.request({ method: "GET", path: "/api/x/" });
    const outcome = await asked.then(() => "an answer").catch((error: ApiError) => error.reason);
    expect(outcome).toBe(status === 201 ? "an answer" : status === 304 ? "" : "No.");
    expect(server.requests).toHaveLength(1);
  });

  it("to another origin is refused, and the credential never goes there", async () => {
    const elsewhere = await scripted([ok]);
    other = elsewhere;
    server = await scripted([{ status: 302, headers: { location: `${elsewhere.origin}/api/x/` } }]);
    const error = await failure(clientOf(server).http.request({ method: "GET", path: "/api/x/" }), UserError);
    expect(error.message).toBe(
      `refusing to follow ${elsewhere.origin}/api/x/: it is not on ${server.origin}`,
    );
    expect(elsewhere.requests).toEqual([]);
  });

  it("without a scheme is refused just so", async () => {
    server = await scripted([{ status: 302, headers: { location: "//evil.example/api/x/" } }]);
    await failure(clientOf(server).http.request({ method: "GET", path: "/" }), UserError);
  });

  it.each([301, 302, 303, 307, 308])("%i of a POST is an error and is not followed", async (status) => {
    const error = await refused({ status, headers: { location: "/api/y/" } });
    expect(error.message).toContain(`answered ${status}: redirected to /api/y/; check the API address`);
    expect(server.requests).toHaveLength(1);
  });

  it("that goes round and round ends", async () => {
    server = await scripted([{ status: 302, headers: { location: "/api/x/" } }]);
    const error = await failure(clientOf(server).http.request({ method: "GET", path: "/api/x/" }), ApiError);
    expect(error.reason).toContain("redirected to /api/x/");
    expect(server.requests).toHaveLength(4);
  });

  it("that is no address at all is an error of the answer", async () => {
    server = await scripted([{ status: 302, headers: { location: "http://" } }]);
    await failure(clientOf(server).http.request({ method: "GET", path: "/api/x/" }), ApiError);
  });
});

describe("the server's time", () => {
  it("comes from the Date header, of refusals too", async () => {
    const date = (ahead: number) => ({ date: new Date(someDay + ahead).toUTCString() });
    server = await scripted([
      { status: 200, headers: { date: "yesterday" } },
      { status: 404, headers: date(90_000) },
    ]);
    const { http } = clientOf(server);
    const get = () => http.request({ method: "GET", path: "/" });
    await get();
    expect(http.serverClock.known).toBe(false);
    await failure(get(), ApiError);
    expect(http.serverClock.known).toBe(true);
    expect(http.serverClock.now()).toBe(someDay + 90_000);
  });
});
