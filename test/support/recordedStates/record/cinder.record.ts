import { expect, it } from "vitest";
import { cinderByHand } from "../../../cinder/support/byHand";
import { newest, untilGone } from "../../../cinder/support/objects";
import { scenario, withPassword } from "../../../cinder/support/scenario";
import { filled } from "../fill";
import { parted, planted, program, record } from "./record";

it("cinder", () =>
  scenario({}, async ({ tenant, api, proxy, stack }) => {
    const { config = {} } = withPassword(tenant, tenant.user, `${proxy.url}/v3/${tenant.projectId}`);
    const byHand = cinderByHand(tenant, config);
    const declared = program("cinder");
    const { imported, whole } = parted(declared);
    const documents = await planted(byHand, imported, ({ args }) =>
      args?.keptUntil
        ? { keptUntil: "2126-01-31T00:00:00Z", metadata: { class: "gold", other: "tool" } }
        : {},
    );
    stack.declare(filled(whole, documents));
    await stack.up();

    // Its time is over, and somebody removes it.
    const gone = String(stack.resources().gone?.id);
    const metadata = { kept_until: "2026-01-31T00:00:00Z" };
    await api.ok("POST", `/snapshots/${gone}/metadata`, { body: { metadata }, version: newest });
    await stack.refresh();
    await api.ok("DELETE", `/snapshots/${gone}`);
    await untilGone(api, "snapshot", gone);
    await stack.refresh();

    stack.declare(filled(declared, documents).filter(({ name }) => name !== "slow-copy"));
    await stack.upFails({ continueOnError: true });
    // Nothing holds the volume of a restoration; but one that cannot be read is left unfinished too.
    const answer = { status: 403, body: { forbidden: { message: "not now", code: 403 } } };
    for (const route of ["GET /volumes/{id}", "GET /volumes/detail"])
      proxy.faults.push({ route, times: Number.POSITIVE_INFINITY, carriedOut: false, answer });
    stack.declare(filled(declared, documents));
    const urn = String(stack.resources()["plain-copy"]?.urn).replace("plain-copy", "slow-copy");
    await stack.upFails({ target: [urn] });
    proxy.faults.length = 0;
    const unfinished = Object.values(stack.resources()).filter(({ initErrors }) => initErrors);
    expect(unfinished).toHaveLength(3);
    await record("cinder", stack, byHand);
    for (const { id } of unfinished) tenant.release(id);
  }));
