/** What to order. Contract, "order create". */
export interface OrderRequest {
  /** UUIDs. */
  project: string;
  offering: string;
  /** What the offering's form asks for, e.g. name and size in MiB. */
  attributes: Record<string, unknown>;
  limits?: Record<string, number> | undefined;
  /** URL of the plan. */
  plan?: string | undefined;
}
