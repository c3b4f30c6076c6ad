import { z } from "zod";

const named = z.object({ id: z.string(), name: z.string().nullish() });

const endpointFields = z.object({
  interface: z.string().catch(""),
  region: z.string().nullish(),
  region_id: z.string().nullish(),
  url: z.string().catch(""),
});

const serviceFields = z.object({
  type: z.string().catch(""),
  name: z.string().nullish(),
  endpoints: z.array(endpointFields).nullish(),
});

/** A token, as Keystone tells of it. Identity API v3, "Password authentication with scoped authorization". */
const tokenFields = z.object({
  issued_at: z.string().nullish(),
  expires_at: z.string().nullish(),
  user: named,
  project: named.extend({ domain: named.nullish() }).nullish(),
  catalog: z.array(serviceFields).nullish(),
});

/** What comes with a token, or is said of one. */
export const tokenAnswer = z.object({ token: tokenFields });

/** A service of the catalog, as Keystone sends it with a token. */
export type CatalogService = z.output<typeof serviceFields>;

/** A token and what it is good for. */
export interface Issued {
  token: string;
  /** Its end, in ms since the epoch by the server's clock; without one: never. */
  expires: number;
  /** When to get the next one, in the same time. */
  renewAt: number;
  project: { id: string };
  catalog: readonly CatalogService[];
}

/** What Keystone says of a token, which need not be for a project. */
export type Answered = Omit<Issued, "project"> & {
  /** When it was issued, in ms since the epoch; NaN where it does not say. */
  at: number;
  project: z.output<typeof tokenFields>["project"];
};
