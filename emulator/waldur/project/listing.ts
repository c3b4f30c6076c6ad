import type { JsonObject } from "../../http/json";
import { inProject } from "../api/access";
import { link, type View } from "../api/view";
import type { Listing } from "../list/listing";
import type { Project } from "../model";

function body(view: View, project: Project): JsonObject {
  const customer = view.world.customers.get(project.customerUuid);
  return {
    url: link(view, "projects", project.uuid),
    uuid: project.uuid,
    name: project.name,
    slug: project.slug,
    customer: link(view, "customers", project.customerUuid),
    customer_uuid: project.customerUuid,
    customer_name: customer?.name ?? null,
    customer_native_name: customer?.nativeName ?? null,
    customer_abbreviation: customer?.abbreviation ?? null,
    description: project.description,
    created: project.created,
    backend_id: "",
    start_date: null,
    end_date: null,
  };
}

/** `GET /api/projects/`. */
export const projectListing: Listing<Project> = {
  kind: {
    name: "Project",
    rows: ({ projects }) => projects,
    isVisible: inProject(({ uuid }) => uuid),
  },
  filters: ({ world }) => ({
    name: { by: "contains", value: (row) => row.name },
    name_exact: { by: "exact", value: (row) => row.name },
    uuid: { by: "uuid", keep: (row, uuid) => row.uuid === uuid },
    customer: { by: "uuid", keep: (row, uuid) => row.customerUuid === uuid },
    customer_name: { by: "contains", value: (row) => world.customers.get(row.customerUuid)?.name ?? null },
    query: { by: "contains", value: (row) => row.name },
  }),
  keys: () => ({ name: (row) => row.name, created: (row) => row.created }),
  standard: "name",
  body,
};
