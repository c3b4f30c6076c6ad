import type { CinderDesk } from "../../support/cinderDesk";

/** Plants volumes and snapshots as others have left them. */
export function plant(desk: CinderDesk) {
  const data = desk.plant("volume", {
    name: "data 1",
    size: 10,
    status: "in-use",
    availability_zone: "nova",
    metadata: { team: "a", attached_mode: "rw", readonly: "False" },
    attachments: [{ server_id: "4de9e333-f00c-4250-b364-5134e5643fe5" }],
  });
  const nameless = desk.plant("volume", {
    id: "5eeded00-0000-4000-8000-000000000001",
    size: 3,
    source_volid: data.id,
    volume_image_metadata: { image_id: "1ma9e000-0000-4000-8000-000000000001" },
  });
  const nightly = { name: "nightly", volume_id: data.id, size: 10 };
  const marks = {
    pulumi: "0123456789abcdef",
    kept_until: "2035-01-01T00:00:00Z",
    retention_mode: "governance",
  };
  desk.plant("snapshot", nightly);
  const kept = desk.plant("snapshot", {
    ...nightly,
    metadata: { ...marks, class: "gold" },
    description: 'of "data"; \n` */ //',
  });
  const unnamed = desk.plant("snapshot", {
    id: "ca11ed00-0000-4000-8000-000000000002",
    volume_id: nameless.id,
    size: 3,
    metadata: { class: "gold" },
  });
  const failed = desk.plant("snapshot", { ...nightly, name: "failed", status: "error" });
  const making = desk.plant("snapshot", { ...nightly, name: "making", status: "creating" });
  const endless = desk.plant("snapshot", {
    ...nightly,
    name: "endless",
    metadata: { retention_mode: "compliance" },
  });
  const odd = desk.plant("snapshot", { ...nightly, name: "odd", metadata: { kept_until: "whenever" } });
  return { data, nameless, kept, unnamed, failed, making, endless, odd };
}
