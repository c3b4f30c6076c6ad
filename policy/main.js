// The entry of the policy pack: Pulumi starts it in this folder.
require("../dist/policy/default.js");
