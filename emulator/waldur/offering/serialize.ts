import type { JsonObject } from "../../http/json";
import { link, type View } from "../api/view";
import type { Offering } from "../model";

/** An offering with its plan and the tenant's quotas (recording 15). */
export function offeringBody(view: View, offering: Offering): JsonObject {
  const { world } = view;
  const customer = world.customers.get(offering.customerUuid);
  const project = world.projects.get(offering.projectUuid);
  const tenant = world.tenants.get(offering.tenantUuid);
  const quotas = Object.entries(tenant?.quotas ?? {});
  const parent = `${view.origin}/api/marketplace-public-offerings/${offering.parentUuid}`;
  return {
    url: link(view, "marketplace-public-offerings", offering.uuid),
    uuid: offering.uuid,
    created: offering.created,
    name: offering.name,
    slug: offering.slug,
    description: "",
    full_description: "",
    terms_of_service: "",
    terms_of_service_link: "",
    privacy_policy_link: "",
    endpoints: [],
    roles: [],
    customer: link(view, "customers", offering.customerUuid),
    customer_uuid: offering.customerUuid,
    customer_name: customer?.name ?? null,
    project: link(view, "projects", offering.projectUuid),
    project_uuid: offering.projectUuid,
    project_name: project?.name ?? null,
    category: link(view, "marketplace-categories", offering.categoryUuid),
    category_uuid: offering.categoryUuid,
    category_title: "Volume",
    rating: null,
    attributes: {},
    options: {},
    resource_options: {},
    components: [],
    plugin_options: {},
    state: "Active",
    native_name: "",
    native_description: "",
    vendor_details: "",
    getting_started: "",
    integration_guide: "",
    thumbnail: null,
    order_count: 0,
    plans: [planBody(`${parent}/plans/${offering.parentPlanUuid}/`, offering.parentPlanUuid)],
    screenshots: [],
    type: offering.type,
    shared: false,
    billable: false,
    scope: link(view, "openstack-tenants", offering.tenantUuid),
    scope_uuid: offering.tenantUuid,
    scope_state: "OK",
    files: [],
    quotas: quotas.map(([name, { usage, limit }]) => ({ name, usage, limit })),
    paused_reason: "",
    datacite_doi: "",
    citation_count: -1,
    latitude: null,
    longitude: null,
    country: "",
    backend_id: "",
    organization_groups: [],
    image: null,
    parent_description: "",
    parent_uuid: offering.parentUuid,
    parent_name: "fake-cloud tenants",
    backend_metadata: {},
    google_calendar_is_public: null,
    google_calendar_link: null,
    promotion_campaigns: [],
  };
}

function planBody(url: string, uuid: string): JsonObject {
  return {
    url,
    uuid,
    name: "default",
    description: "",
    article_code: "",
    max_amount: null,
    archived: false,
    is_active: true,
    unit_price: "0.0000000000",
    unit: "quantity",
    init_price: 0,
    switch_price: 0,
    backend_id: "",
    organization_groups: [],
    prices: {},
    future_prices: {},
    quotas: {},
    resources_count: 2,
    plan_type: null,
    minimal_price: 0,
  };
}
