import type { JsonObject } from "../../http/json";
import { link, type View } from "../api/view";

/** What orders and resources say about their offering and plan (recording 15). */
export function offeringFields(view: View, offeringUuid: string, planUuid: string | null): JsonObject {
  const { world } = view;
  const offering = world.offerings.get(offeringUuid);
  const customer = world.customers.get(offering?.customerUuid ?? "");
  const base = {
    offering: link(view, "marketplace-public-offerings", offeringUuid),
    offering_name: offering?.name ?? null,
    offering_uuid: offeringUuid,
    offering_description: "",
    offering_image: null,
    offering_thumbnail: null,
    offering_type: offering?.type ?? null,
    offering_terms_of_service: "",
    offering_shared: false,
    offering_billable: false,
    offering_plugin_options: {},
    provider_name: customer?.name ?? null,
    provider_uuid: customer?.uuid ?? null,
    category_title: "Volume",
    category_uuid: offering?.categoryUuid ?? null,
    category_icon: null,
  };
  if (planUuid === null) return { ...base, plan: null };
  return {
    ...base,
    plan: `${view.origin}/api/marketplace-public-offerings/${offeringUuid}/plans/${planUuid}/`,
    plan_unit: "quantity",
    plan_name: "default",
    plan_uuid: planUuid,
    plan_description: "",
  };
}

/** What they say about their project. */
export function projectFields(view: View, projectUuid: string): JsonObject {
  const project = view.world.projects.get(projectUuid);
  const customer = view.world.customers.get(project?.customerUuid ?? "");
  return {
    project_uuid: projectUuid,
    project_name: project?.name ?? null,
    project_description: project?.description ?? "",
    customer_name: customer?.name ?? null,
    customer_uuid: customer?.uuid ?? null,
  };
}
