import type { JsonObject } from "../../http/json";
import { type CoreState, spell } from "../states";
import type { World } from "../world";

/** What a serializer needs: the world, and the origin that the client used, which every URL repeats. */
export interface View {
  world: World;
  /** `http://127.0.0.1:8800` */
  origin: string;
}

/** The URL of an object, or null. */
export function link(view: View, collection: string, uuid: string | null): string | null {
  return uuid === null ? null : `${view.origin}/api/${collection}/${uuid}/`;
}

/** A state as this server spells it, or as a fault disguises it. */
export function stateOf(view: View, uuid: string, state: CoreState): string {
  return view.world.shownState(uuid, state, spell(state, view.world.rules.generation));
}

/**
 * One object of several, their fields in this order. Bodies have some fifty fields: spread into the middle of a
 * literal they take V8 more than ten times as long, and a list of 300 five times.
 */
export function merged(...parts: JsonObject[]): JsonObject {
  return Object.assign({}, ...parts);
}

/** Project, organisation and service fields that volumes, snapshots and instances share (recordings 03, 05). */
export function scopeFields(view: View, tenantUuid: string): JsonObject {
  const { world } = view;
  const tenant = world.tenants.get(tenantUuid);
  const project = world.projects.get(tenant?.projectUuid ?? "");
  const customer = world.customers.get(project?.customerUuid ?? "");
  const settings = world.settings.get(tenant?.settingsUuid ?? "");
  return merged(
    {
      service_name: settings?.name ?? null,
      service_settings: link(view, "service-settings", settings?.uuid ?? null),
      service_settings_uuid: settings?.uuid ?? null,
      service_settings_state: spell("OK", world.rules.generation),
      service_settings_error_message: "",
      project: link(view, "projects", project?.uuid ?? null),
      project_name: project?.name ?? null,
      project_uuid: project?.uuid ?? null,
      customer: link(view, "customers", customer?.uuid ?? null),
    },
    world.rules.generation === "2026" ? { customer_uuid: customer?.uuid ?? null } : {},
    {
      customer_name: customer?.name ?? null,
      customer_native_name: customer?.nativeName ?? null,
      customer_abbreviation: customer?.abbreviation ?? null,
    },
  );
}

/** Keeps the fields that `field=` names; unknown ones drop out, and with none left all stay (recording 03). */
export function pickFields(body: JsonObject, fields: readonly string[]): JsonObject {
  if (fields.length === 0) return body;
  const kept = Object.entries(body).filter(([key]) => fields.includes(key));
  return kept.length === 0 ? body : Object.fromEntries(kept);
}
