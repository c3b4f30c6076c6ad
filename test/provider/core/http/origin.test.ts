import { describe, expect, it } from "vitest";
import { UserError } from "../../../../provider/core/errors";
import { parseBaseUrl, pinned } from "../../../../provider/core/http/origin";

const parse = (address: string, insecure = false) =>
  parseBaseUrl((reason) => new UserError(reason, "the:setting"), address, insecure);

describe("the address of an API", () => {
  it.each([
    "https://portal.example.com/api/",
    "https://portal.example.com:8443/waldur/api",
    "http://localhost:8800/api/",
    "http://127.0.0.1:8800",
    "http://[::1]:8800/",
  ])("may be %s", (address) => expect(parse(address).href.startsWith(address)).toBe(true));

  it.each([
    "http://portal.example.com/api/",
    "http://10.0.0.1/",
    "http://localhost.example.com/",
    "http://127.0.0.1.example.com/",
    "HTTP://portal.example.com/",
  ])("may not be %s, which would send the credential in the clear", (address) => {
    expect(() => parse(address)).toThrow(UserError);
    expect(() => parse(address)).toThrow(
      `the:setting: "${address}" would send the credential in the clear; use https, or set "insecure" to true`,
    );
    expect(parse(address, true).protocol).toBe("http:");
  });

  it.each([
    ["portal.example.com", "is not a URL; expected e.g. https://portal.example.com/api/"],
    ["", "is not a URL"],
    ["ftp://portal.example.com/", "is neither https nor http"],
    ["file:///etc/passwd", "is neither https nor http"],
  ])("may not be %j", (address, reason) => {
    expect(() => parse(address, true)).toThrow(`the:setting: "${address}" ${reason}`);
  });

  it("may hold no password, and the message does not repeat it", () => {
    for (const who of ["me:hunter2", "me", ":hunter2"])
      expect(() => parse(`https://${who}@portal.example.com/`)).toThrow(
        /^the:setting: the URL must not hold a user name or a password$/,
      );
  });

  it("loses query and fragment", () => {
    expect(parse("https://portal.example.com/api/?next=1#top").href).toBe("https://portal.example.com/api/");
  });
});

describe("a link that the server gave", () => {
  const origin = "https://portal.example.com";

  it.each([
    ["https://portal.example.com/api/x/?page=2", "/api/x/?page=2"],
    ["https://portal.example.com:443/api/x/", "/api/x/"],
    ["/api/x/?a=b&c=d", "/api/x/?a=b&c=d"],
    ["https://user:pw@portal.example.com/api/", "/api/"],
  ])("%s is taken as path and query", (link, path) => expect(pinned(origin, link)).toBe(path));

  it.each([
    "https://evil.example/api/x/",
    "http://portal.example.com/api/x/",
    "https://portal.example.com:8443/api/x/",
    "https://portal.example.com.evil.example/",
    "https://portal.example.com@evil.example/",
    "//evil.example/",
    "\\\\evil.example\\",
    "javascript:alert(1)",
    "data:text/plain,x",
  ])("%s is refused", (link) => {
    expect(() => pinned(origin, link)).toThrow(UserError);
    expect(() => pinned(origin, link)).toThrow("it is not on https://portal.example.com");
  });
});
