import type { JsonObject } from "../http/json";
import type { Reply } from "../http/reply";
import type { Call } from "./api/call";
import { forbidden } from "./api/errors";
import { findRow } from "./api/lookup";
import { link, type View } from "./api/view";
import type { Filters } from "./list/filters";
import { listReply, oneReply } from "./list/listing";
import type { Instance, Offering, Project, VolumeType } from "./model";
import { offeringBody } from "./offering/serialize";
import { projectOf, seesProject } from "./permissions";
import { instanceBody } from "./storage/serialize";

const offeringFilters: Filters<Offering> = {
  type: { by: "exact", value: (row) => row.type },
  name: { by: "contains", value: (row) => row.name },
  name_exact: { by: "exact", value: (row) => row.name },
  // The tenant is the offering's scope, and still this finds nothing (recordings 15, 20).
  scope_uuid: { by: "nothing" },
  project_uuid: { by: "uuid", keep: (row, uuid) => row.projectUuid === uuid },
  customer_uuid: { by: "uuid", keep: (row, uuid) => row.customerUuid === uuid },
};

/** `GET /api/marketplace-public-offerings/` (recordings 15, 20). */
export function listOfferings(call: Call): Reply {
  const { world, user } = call;
  const rows = [...world.offerings.values()].filter((row) => seesProject(world, user, row.projectUuid));
  return listReply(call, rows, {
    filters: offeringFilters,
    keys: { name: (row) => row.name, created: (row) => row.created },
    standard: "name",
    body: (row) => offeringBody(call.view, row),
  });
}

/** `GET /api/marketplace-public-offerings/{uuid}/`. */
export function readOffering(call: Call): Reply {
  const offering = findRow(call, call.world.offerings, "Offering", (row) => row.projectUuid);
  return oneReply(call, offeringBody(call.view, offering));
}

/** A volume type in the style of the other objects; no recording shows one. */
function typeBody(view: View, type: VolumeType): JsonObject {
  return {
    url: link(view, "openstack-volume-types", type.uuid),
    uuid: type.uuid,
    name: type.name,
    description: type.description,
    settings: link(view, "service-settings", type.settingsUuid),
  };
}

function visibleTypes(call: Call): VolumeType[] {
  const { world, user } = call;
  const seen = (tenantUuid: string): boolean => seesProject(world, user, projectOf(world, tenantUuid));
  return [...world.volumeTypes.values()].filter((type) => user.isStaff || type.tenantUuids.some(seen));
}

const typeFilters: Filters<VolumeType> = {
  name: { by: "contains", value: (row) => row.name },
  name_exact: { by: "exact", value: (row) => row.name },
  uuid: { by: "uuid", keep: (row, uuid) => row.uuid === uuid },
  settings_uuid: { by: "uuid", keep: (row, uuid) => row.settingsUuid === uuid },
  tenant_uuid: { by: "uuid", keep: (row, uuid) => row.tenantUuids.includes(uuid) },
};

/** `GET /api/openstack-volume-types/`. `tenant` takes a URL, `offering_uuid` an offering of volumes. */
export function listTypes(call: Call): Reply {
  const { world } = call;
  const filters: Filters<VolumeType> = {
    ...typeFilters,
    tenant: {
      by: "link",
      collection: "openstack-tenants",
      value: (row) => row.tenantUuids.find((uuid) => call.query.get("tenant")?.includes(uuid)) ?? null,
    },
    offering_uuid: {
      by: "uuid",
      keep: (row, uuid) => row.tenantUuids.includes(world.offerings.get(uuid)?.tenantUuid ?? ""),
    },
  };
  return listReply(call, visibleTypes(call), {
    filters,
    keys: { name: (row) => row.name },
    standard: "name",
    body: (row) => typeBody(call.view, row),
  });
}

/** `GET /api/openstack-volume-types/{uuid}/`. */
export function readType(call: Call): Reply {
  const seen = new Map(visibleTypes(call).map((type) => [type.uuid, type]));
  // Types belong to no project; the list above already holds only what the user may see.
  const anyProject = [...call.world.projects.values()].find((row) =>
    seesProject(call.world, call.user, row.uuid),
  );
  const type = findRow(call, seen, "VolumeType", () => anyProject?.uuid ?? "");
  return oneReply(call, typeBody(call.view, type));
}

const instanceFilters: Filters<Instance> = {
  name: { by: "contains", value: (row) => row.name },
  name_exact: { by: "exact", value: (row) => row.name },
  uuid: { by: "uuid", keep: (row, uuid) => row.uuid === uuid },
  tenant_uuid: { by: "uuid", keep: (row, uuid) => row.tenantUuid === uuid },
  runtime_state: { by: "exact", value: (row) => row.runtimeState },
};

/** `GET /api/openstack-instances/`. */
export function listInstances(call: Call): Reply {
  const { world, user } = call;
  const rows = [...world.instances.values()].filter((row) =>
    seesProject(world, user, projectOf(world, row.tenantUuid)),
  );
  return listReply(call, rows, {
    filters: {
      ...instanceFilters,
      project_uuid: { by: "uuid", keep: (row, uuid) => projectOf(world, row.tenantUuid) === uuid },
    },
    keys: { name: (row) => row.name, created: (row) => row.created },
    standard: "name",
    body: (row) => instanceBody(call.view, row),
  });
}

/** `GET /api/openstack-instances/{uuid}/` (recording 12). */
export function readInstance(call: Call): Reply {
  const { world, view } = call;
  const instance = findRow(call, world.instances, "Instance", (row) => projectOf(world, row.tenantUuid));
  return oneReply(call, instanceBody(view, instance));
}

function projectBody(view: View, project: Project): JsonObject {
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
export function listProjects(call: Call): Reply {
  const { world, user } = call;
  const filters: Filters<Project> = {
    name: { by: "contains", value: (row) => row.name },
    name_exact: { by: "exact", value: (row) => row.name },
    uuid: { by: "uuid", keep: (row, uuid) => row.uuid === uuid },
    customer: { by: "uuid", keep: (row, uuid) => row.customerUuid === uuid },
    customer_name: { by: "contains", value: (row) => world.customers.get(row.customerUuid)?.name ?? null },
    query: { by: "contains", value: (row) => row.name },
  };
  const rows = [...world.projects.values()].filter((row) => seesProject(world, user, row.uuid));
  return listReply(call, rows, {
    filters,
    keys: { name: (row) => row.name, created: (row) => row.created },
    standard: "name",
    body: (row) => projectBody(call.view, row),
  });
}

/** `GET /api/projects/{uuid}/`. */
export function readProject(call: Call): Reply {
  const project = findRow(call, call.world.projects, "Project", (row) => row.uuid);
  return oneReply(call, projectBody(call.view, project));
}

/** `GET /api/users/me/` (recording 20: staff flags are not shown to others). */
export function readMe(call: Call): Reply {
  const { user, view } = call;
  return oneReply(call, {
    url: link(view, "users", user.uuid),
    uuid: user.uuid,
    username: user.username,
    full_name: user.fullName,
    civil_number: user.civilNumber,
    email: `${user.username}@example.com`,
    is_active: true,
    date_joined: user.created,
    ...(user.isStaff || user.isSupport ? { is_staff: user.isStaff, is_support: user.isSupport } : {}),
  });
}

/** `GET /api/version/`: staff only (recording 20). */
export function readVersion(call: Call): Reply {
  if (!call.user.isStaff) throw forbidden();
  return { status: 200, body: { version: call.world.rules.generation === "2024" ? "7.0.8" : "8.1.0" } };
}

/** `GET /api/configuration/`: open to everybody; the part that tells a client what it talks to (recording 20). */
export function readConfiguration(): Reply {
  return {
    status: 200,
    body: {
      LANGUAGE_CODE: "en",
      WALDUR_CORE: {
        AUTHENTICATION_METHODS: ["LOCAL_SIGNIN"],
        SITE_NAME: "Waldur",
        SHORT_PAGE_TITLE: "Waldur",
      },
    },
  };
}
