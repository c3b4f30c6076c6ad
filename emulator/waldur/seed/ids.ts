/** Ids of what the seed made, so that a test can say which volume it means. */
export interface SeedIds {
  customer: string;
  project: string;
  otherProject: string;
  tenant: string;
  settings: string;
  offering: string;
  plan: string;
  /** By name. */
  volumes: Record<string, string>;
  /** By name. */
  snapshots: Record<string, string>;
  /** By name. */
  types: Record<string, string>;
  /** By name. */
  instances: Record<string, string>;
  /** By name. */
  images: Record<string, string>;
}
