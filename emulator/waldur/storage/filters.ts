import type { Filters } from "../list/filters";
import type { SortKeys } from "../list/ordering";
import type { CloudRow, Customer, Project } from "../model";
import { projectOf } from "../permissions";
import { stateOrder, unspell } from "../states";
import type { World } from "../world";

function project(world: World, row: CloudRow): Project | undefined {
  return world.projects.get(projectOf(world, row.tenantUuid));
}

function customer(world: World, row: CloudRow): Customer | undefined {
  return world.customers.get(project(world, row)?.customerUuid ?? "");
}

function settingsUuid(world: World, row: CloudRow): string | undefined {
  return world.tenants.get(row.tenantUuid)?.settingsUuid;
}

/** The filters that volumes and snapshots share (recordings 03, 05 and the API pages). */
export function storageFilters<T extends CloudRow>(world: World): Filters<T> {
  const inCustomer = {
    by: "uuid",
    keep: (row: T, uuid: string) => customer(world, row)?.uuid === uuid,
  } as const;
  const inProject = {
    by: "uuid",
    keep: (row: T, uuid: string) => project(world, row)?.uuid === uuid,
  } as const;
  return {
    name: { by: "contains", value: (row) => row.name },
    name_exact: { by: "exact", value: (row) => row.name },
    description: { by: "contains", value: (row) => row.description },
    backend_id: { by: "exact", value: (row) => row.backendId },
    runtime_state: { by: "exact", value: (row) => row.runtimeState },
    external_ip: { by: "nothing" },
    state: {
      by: "choice",
      parse: (text) => unspell(text, world.rules.generation),
      value: (row) => row.state,
    },
    uuid: { by: "uuid", keep: (row, uuid) => row.uuid === uuid },
    tenant: { by: "link", collection: "openstack-tenants", value: (row) => row.tenantUuid },
    tenant_uuid: { by: "uuid", keep: (row, uuid) => row.tenantUuid === uuid },
    customer: inCustomer,
    customer_uuid: inCustomer,
    customer_name: { by: "contains", value: (row) => customer(world, row)?.name ?? null },
    customer_native_name: { by: "contains", value: (row) => customer(world, row)?.nativeName ?? null },
    customer_abbreviation: { by: "contains", value: (row) => customer(world, row)?.abbreviation ?? null },
    project: inProject,
    project_uuid: inProject,
    project_name: { by: "contains", value: (row) => project(world, row)?.name ?? null },
    service_settings_uuid: { by: "uuid", keep: (row, uuid) => settingsUuid(world, row) === uuid },
    service_settings_name: {
      by: "contains",
      value: (row) => world.settings.get(settingsUuid(world, row) ?? "")?.name ?? null,
    },
  };
}

/** What both can be sorted by; `modified`, `uuid`, `kept_until` and `runtime_state` are refused (recording 04). */
export function storageKeys<T extends CloudRow>(world: World): SortKeys<T> {
  return {
    name: (row) => row.name,
    created: (row) => row.created,
    size: (row) => row.size,
    state: (row) => stateOrder[row.state],
    customer_name: (row) => customer(world, row)?.name ?? null,
    project_name: (row) => project(world, row)?.name ?? null,
    service_name: (row) => world.settings.get(settingsUuid(world, row) ?? "")?.name ?? null,
  };
}
