// What `pulumi up --policy-pack node_modules/pulumi-openstack-snapshots/policy` runs.
import { RetentionPack } from "./pack";

new RetentionPack("openstack-snapshots");
