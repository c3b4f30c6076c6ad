import { inProject } from "../api/access";
import type { Filters } from "../list/filters";
import type { Listing } from "../list/listing";
import type { Offering } from "../model";
import { offeringBody } from "./serialize";

const filters: Filters<Offering> = {
  type: { by: "exact", value: (row) => row.type },
  name: { by: "contains", value: (row) => row.name },
  name_exact: { by: "exact", value: (row) => row.name },
  // The tenant is the offering's scope, and still this finds nothing (recordings 15, 20).
  scope_uuid: { by: "nothing" },
  project_uuid: { by: "uuid", keep: (row, uuid) => row.projectUuid === uuid },
  customer_uuid: { by: "uuid", keep: (row, uuid) => row.customerUuid === uuid },
};

/** `GET /api/marketplace-public-offerings/` (recordings 15, 20). */
export const offeringListing: Listing<Offering> = {
  kind: {
    name: "Offering",
    rows: ({ offerings }) => offerings,
    isVisible: inProject(({ projectUuid }) => projectUuid),
  },
  filters,
  keys: () => ({ name: (row) => row.name, created: (row) => row.created }),
  standard: "name",
  body: offeringBody,
};
