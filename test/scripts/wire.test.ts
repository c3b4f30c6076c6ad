import { describe, expect, it } from "vitest";
import { type Request, wireTable, writesOf } from "../../scripts/demo/wire";

const list: Request = { method: "GET", route: "GET /api/openstack-snapshots/", status: 200 };
const order: Request = { method: "POST", route: "POST /api/marketplace-orders/", status: 201 };
const refusal: Request = { ...order, status: 409 };
const lost: Request = { ...order, status: 0 };

describe("what went over the wire", () => {
  it("counts the writes that succeeded, by route", () => {
    expect(writesOf([list, order, refusal, lost, order])).toEqual({ "POST /api/marketplace-orders/": 2 });
    expect(writesOf([list])).toEqual({});
  });

  it("is shown by step, the reads in one line at the end", () => {
    const table = wireTable([
      { step: "up", requests: [list, order, list] },
      { step: "up again", requests: [] },
    ]);
    expect(table.split("\n")).toEqual([
      "                                 up  up again",
      "  POST /api/marketplace-orders/   1         -",
      "  GET (all reads)                 2         -",
    ]);
  });

  it("shows writes that were refused apart from those that succeeded", () => {
    const table = wireTable([{ step: "up", requests: [refusal, order] }]);
    expect(table).toContain("POST /api/marketplace-orders/ (answered 409)   1");
    expect(table).toMatch(/marketplace-orders\/ +1$/m);
  });
});
