import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reasonOf } from "../../../../provider/core/http/reason";

describe("the server's words", () => {
  it.each<[unknown, string]>([
    [{ name: ["This field is required."] }, "name: This field is required."],
    [{ name: ["Too long.", "Not nice."], size: ["Too big."] }, "name: Too long. Not nice.; size: Too big."],
    [{ non_field_errors: ["Not both."] }, "Not both."],
    [{ detail: "Not found." }, "Not found."],
    [["One or more quotas were exceeded: volumes"], "One or more quotas were exceeded: volumes"],
    [["One.", "Two."], "One.; Two."],
    [{ attributes: { size: ["Too small."] } }, "size: Too small."],
    [{ plans: [{ name: ["Required."] }, {}] }, "plans: name: Required."],
    [{ badRequest: { code: 400, message: "Invalid volume: status" } }, "Invalid volume: status"],
    [{ itemNotFound: { code: 404, message: "Volume x" } }, "Volume x"],
    [{ error: { code: 401, message: "Authenticate", title: "Unauthorized" } }, "Authenticate"],
    [{ message: ["One.", "Two."] }, "One.; Two."],
    [{ error: "invalid_grant" }, "invalid_grant"],
    ["One.<br>Two.<br/>Three.<BR  />Four.", "One. Two. Three. Four."],
    [{ detail: null }, ""],
    [{}, ""],
    [[], ""],
    [null, ""],
    [undefined, ""],
    ["", ""],
    ["  plain\n\n text ", "plain text"],
    [
      "<!doctype html>\n<html><head><title>Not Found</title></head><body><p>Gone.</p></body></html>",
      "Not Found: Gone.",
    ],
    [
      "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><hr>nginx</body></html>",
      "502 Bad Gateway",
    ],
    ["<html><body>no title</body></html>", ""],
  ])("of %j are %j", (body, words) => expect(reasonOf(body)).toBe(words));

  it("are one line of readable length, whatever comes", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json().map((text): unknown => JSON.parse(text)),
          fc.string({ maxLength: 2000 }),
        ),
        (body) => {
          const words = reasonOf(body);
          expect(words).not.toMatch(/[\n\r\t]/);
          expect(words.length).toBeLessThanOrEqual(603);
        },
      ),
    );
  });

  it("keep every word of a short list", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 9 }), (list) => {
        expect(reasonOf(list)).toBe(list.join("; "));
        expect(reasonOf({ field: list })).toBe(list.length > 0 ? `field: ${list.join(" ")}` : "");
      }),
    );
  });

  it("are cut after 600 characters", () => {
    expect(reasonOf("x".repeat(600))).toBe("x".repeat(600));
    expect(reasonOf("x".repeat(601))).toBe(`${"x".repeat(600)}...`);
  });

  it("are cleaned before they are cut", () => {
    const text = `${"x".repeat(595)}secretsecret`;
    expect(reasonOf(text, (words) => words.replaceAll("secretsecret", "***"))).toBe(`${"x".repeat(595)}***`);
  });
});
