import { RetentionPack } from "pulumi-openstack-snapshots/policy";

new RetentionPack("retention", {
  "kept-until-required": "mandatory",
  "minimum-retention": { enforcementLevel: "mandatory", days: 35, classes: { gold: 10 * 365 } },
  "retention-not-shortened": { mode: "none", classes: { gold: "compliance" } },
  "required-metadata": { enforcementLevel: "remediate", defaults: { class: "bronze" } },
  "protect-in-production": "mandatory",
  "volume-covered": "mandatory",
  "restore-tested": { days: 30 },
  // In the stack of a team nothing has to be asked for by its name.
  "orphan-snapshot": { allowOutside: true },
});
