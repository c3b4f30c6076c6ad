import type { Step } from "../../../support/scriptedServer";
import { type Case, usual } from "../entry";

const html: Step = { status: 200, headers: { "content-type": "text/html" }, body: "<html>It works!</html>" };
const gone: Step = { status: 404, headers: { "content-type": "text/html" }, body: "<html>no</html>" };
const status = (code: number): Step => ({ status: code, body: { error: { message: "no" } } });
const versioned = [{ type: "volumev3", endpoints: [{ url: "$BASE/volume/v3" }] }];
const bare = [{ type: "block-storage", endpoints: [{ url: "$BASE/volume" }] }];
const document = (href: string, id = "v3.0"): Step => ({
  status: 200,
  body: {
    versions: [
      { id, status: "CURRENT", version: "3.70", min_version: "3.0", links: [{ rel: "self", href }] },
    ],
  },
});
const moved = (location: string): Step => ({ status: 302, headers: { location }, body: "" });

/** The root with and without a slash: the two ask differently. */
const root = (step: Step) => ({ "/volume/": step, "/volume": step });
const below = (step: Step) => ({ "/volume/v3/": step, "/volume/v3": step });

const rooms = {
  "a page of HTML": html,
  "a 404": gone,
  "a 401": status(401),
  "a 403": status(403),
  "a 405": status(405),
  "a 400": status(400),
  "a 406": status(406),
  "a redirect to nowhere": { status: 302, body: "" },
  "JSON that is no document": { status: 200, body: { hello: "world" } },
  "a document without versions": { status: 200, body: { versions: [] } },
} as const;

const noneUnversioned = {
  why: "openstacksdk uses the address without a version, where Cinder has no volumes; we go on to v3",
  ours: { volumes: "/volume/v3/volumes" },
};

/** Documents of versions that are missing, elsewhere, or something else. */
export const documents: readonly Case[] = [
  ...Object.entries(rooms).flatMap(([what, step]): Case[] => [
    {
      title: `${what} at the root, an address with v3`,
      entry: usual,
      catalog: versioned,
      answers: root(step),
    },
    {
      title: `${what} at both, an address with v3`,
      entry: usual,
      catalog: versioned,
      answers: { ...root(step), ...below(step) },
    },
    {
      title: `${what} at the root, an address without a version`,
      entry: usual,
      catalog: bare,
      answers: root(step),
      differs: noneUnversioned,
    },
    {
      title: `${what} at both, an address without a version`,
      entry: usual,
      catalog: bare,
      answers: { ...root(step), ...below(step) },
      differs: noneUnversioned,
    },
  ]),
  {
    title: "a redirect to the document on the same origin",
    entry: usual,
    catalog: bare,
    answers: { ...root(moved("$BASE/elsewhere/volume/")) },
  },
  {
    title: "a redirect to another origin",
    entry: usual,
    catalog: versioned,
    answers: {
      ...root(moved("http://127.0.0.2:9/volume/")),
      ...below(moved("http://127.0.0.2:9/volume/v3/")),
    },
  },
  {
    title: "a link to another path of the same origin",
    entry: usual,
    catalog: bare,
    answers: root(document("$BASE/other/v3/")),
  },
  { title: "a relative link", entry: usual, catalog: bare, answers: root(document("v3/")) },
  {
    title: "a link to another origin",
    entry: usual,
    catalog: bare,
    answers: root(document("http://127.0.0.2:9/elsewhere/v3/")),
  },
  {
    title: "a link with another scheme",
    entry: usual,
    catalog: bare,
    answers: root(document("$SECURE/other/v3/")),
  },
  {
    title: "a link to another path, an address with v3",
    entry: usual,
    catalog: versioned,
    answers: { ...root(document("$BASE/v3/")), ...below(document("$BASE/v3/")) },
  },
  {
    title: "only v2 there",
    entry: usual,
    catalog: bare,
    answers: { ...root(document("$BASE/volume/v2/", "v2.0")), ...below(gone) },
    differs: {
      why: "openstacksdk speaks v2, which Cinder dropped in 2021; this package does not",
      ours: /no block storage v3 at http:.*\/volume: it has v2.0. Set openstack-snapshots:blockStorageEndpoint/,
    },
  },
  {
    title: "one version as a document",
    entry: usual,
    catalog: versioned,
    answers: below({
      status: 200,
      body: {
        version: { id: "v3.0", status: "CURRENT", links: [{ rel: "self", href: "$BASE/volume/v3/" }] },
      },
    }),
  },
];
