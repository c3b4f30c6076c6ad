import type { Generation, TrilioEmulator, WaldurEmulator } from "../../emulator/index";

/** What is said of a Waldur that was started: where it listens and how to use it; ends with a newline. */
export function introduceWaldur({ url, tokens, ids }: WaldurEmulator, generation: Generation): string {
  const env = { WALDUR_API_URL: `${url}/api/`, WALDUR_ACCESS_TOKEN: tokens.owner };
  return [
    `An emulated Waldur (${generation}) listens at ${url}/api/`,
    "",
    `  project   ${ids.project}`,
    `  offering  ${ids.offering}`,
    `  tenant    ${ids.tenant}`,
    ...section("volume types", ids.types),
    ...section("volumes", ids.volumes),
    ...section("snapshots", ids.snapshots),
    ...section("tokens", tokens),
    "",
    "To use it:",
    "",
    ...exported(env),
    `  curl -H "Authorization: Token $WALDUR_ACCESS_TOKEN" "$WALDUR_API_URL"openstack-snapshots/`,
    "",
    "Ctrl-C stops it; nothing is kept.",
    "",
  ].join("\n");
}

/** The same of a Trilio and its Keystone. */
export function introduceTrilio(trilio: TrilioEmulator): string {
  const { url, authUrl, ids, world, credentialEnv } = trilio;
  const status = (id: string) => (world.snapshots.get(id) ?? world.restores.get(id))?.status;
  return [
    `An emulated Trilio listens at ${url}, its Keystone at ${authUrl}`,
    "",
    `  project   ${ids.project}`,
    ...section("workloads", ids.workloads),
    ...section("snapshots", ids.snapshots, status),
    ...section("restores", ids.restores, status),
    "",
    "To use it:",
    "",
    ...exported(trilio.env()),
    "",
    "or, instead of the user and the project, an application credential:",
    "",
    ...exported(credentialEnv),
    "",
    "What no public source proves is a guess: openstack-snapshots emulator --guesses lists them.",
    "Ctrl-C stops it; nothing is kept.",
    "",
  ].join("\n");
}

/** @param values ids (or tokens) by name */
function section(
  title: string,
  values: Readonly<Record<string, string>>,
  more: (value: string) => string | undefined = () => undefined,
): string[] {
  const rows = Object.entries(values).map(([name, value]) => {
    return `    ${value}  ${[name, more(value)].filter(Boolean).join(", ")}`;
  });
  return [`  ${title}`, ...rows];
}

function exported(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).map(([name, value]) => `  export ${name}=${value}`);
}
