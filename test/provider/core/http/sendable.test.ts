import { describe, expect, it } from "vitest";
import { refuseUnsendable, unsendable } from "../../../../provider/core/http/sendable";

describe("the value of a header", () => {
  it.each(["", "Token 0123abc", "with\ttab and space", "caf\u00e9", "~\u00a0\u00ff"])(
    "may be %j",
    (value) => {
      expect(unsendable(value)).toBeUndefined();
    },
  );

  it.each([
    ["abc\n", "a line break", 4],
    ["\rabc", "a line break", 1],
    ["a\u0085", "a line break", 2],
    ["a\u2028", "a line break", 2],
    ["a\u0000b", "a control character", 2],
    ["a\u007f", "a control character", 2],
    ["ab\u2013", "a character that is not Latin-1", 3],
    // Two units of UTF-16 are one character to people.
    ["\u{1f511}\u{1f511}", "a character that is not Latin-1", 1],
    ["\u00e9\u00e9\u{1f511}", "a character that is not Latin-1", 3],
  ])("%j cannot be sent, and the reason does not repeat it", (value, kind, place) => {
    expect(unsendable(value)).toBe(
      `it has ${kind} (character ${place}), so it cannot be sent in an HTTP header`,
    );
  });
});

describe("a request", () => {
  it.each(["/", "/api/x/?a=b&c=%20", "/!~"])("may have the path %j", (path) => {
    expect(() => refuseUnsendable(path, { accept: "a", "X-Auth_Token.1~": "b" })).not.toThrow();
  });

  it.each(["", "api/", "/a b", "/a\n", "/\u00e9", "x/y"])("cannot have the path %j", (path) => {
    expect(() => refuseUnsendable(path, {})).toThrow(
      `a request cannot have the path ${JSON.stringify(path)}`,
    );
  });

  it("names a header that cannot be sent, and never its value", () => {
    expect(() => refuseUnsendable("/", { accept: "a", authorization: "secret\n" })).toThrow(
      'the header "authorization" of a request: it has a line break (character 7), so it cannot be sent',
    );
    for (const name of ["", "two words", "a:b", "\u00e9"])
      expect(() => refuseUnsendable("/", { [name]: "secret" })).toThrow(
        `the header ${JSON.stringify(name)} of a request: it has no valid name`,
      );
  });
});
