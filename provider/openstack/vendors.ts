/** What is known of a vendor's cloud, as an entry of clouds.yaml has it. */
interface Vendor {
  auth: { auth_url: string; user_domain_name?: string; project_domain_name?: string };
  region_name?: string;
  regions?: readonly string[];
}

const defaultDomains = { user_domain_name: "Default", project_domain_name: "Default" };

/**
 * Public clouds by the names that `profile` in clouds.yaml has for them: where their Keystone is, and their regions.
 * The facts are those of openstacksdk 4.10.0, `openstack/config/vendors` (Apache-2.0,
 * https://opendev.org/openstack/openstacksdk). Left out are clouds that are shut down, and those whose Keystone has no
 * v3.
 */
export const vendors: Readonly<Record<string, Vendor>> = {
  auro: {
    auth: { auth_url: "https://api.van2.auro.io:5000/v3", ...defaultDomains },
    region_name: "RegionOne",
  },
  binero: { auth: { auth_url: "https://auth.binero.cloud:5000/v3" }, regions: ["europe-se-1"] },
  catalyst: {
    auth: { auth_url: "https://api.cloud.catalyst.net.nz:5000/v2.0" },
    regions: ["nz-por-1", "nz_wlg_2"],
  },
  citycloud: {
    auth: { auth_url: "https://{region_name}.citycloud.com:5000/v3/" },
    regions: ["Buf1", "Fra1", "Sto2", "Kna1", "dx1", "tky1"],
  },
  dreamcompute: { auth: { auth_url: "https://iad2.dream.io:5000" }, region_name: "RegionOne" },
  elastx: { auth: { auth_url: "https://ops.elastx.cloud:5000/v3" }, region_name: "se-sto" },
  entercloudsuite: {
    auth: { auth_url: "https://api.entercloudsuite.com/" },
    regions: ["it-mil1", "nl-ams1", "de-fra1"],
  },
  fuga: { auth: { auth_url: "https://identity.api.fuga.io:5000", ...defaultDomains }, regions: ["cystack"] },
  limestonenetworks: {
    auth: { auth_url: "https://auth.cloud.lstn.net:5000/v3" },
    regions: ["us-dfw-1", "us-slc"],
  },
  otc: {
    auth: { auth_url: "https://iam.{region_name}.otc.t-systems.com/v3" },
    regions: ["eu-de", "eu-nl"],
  },
  "otc-swiss": { auth: { auth_url: "https://iam-pub.eu-ch2.sc.otc.t-systems.com/v3" }, regions: ["eu-ch2"] },
  "ovh-us": {
    auth: { auth_url: "https://auth.cloud.ovh.us/", ...defaultDomains },
    regions: ["US-EAST-VA-1", "US-WEST-OR-1", "US-EAST-VA", "US-WEST-OR"],
  },
  switchengines: { auth: { auth_url: "https://keystone.cloud.switch.ch:5000/v3" }, regions: ["LS", "ZH"] },
  zetta: { auth: { auth_url: "https://identity.api.zetta.io/v3" }, regions: ["no-osl1"] },
};

/** Vendors that publish their profile themselves, by name. Same source. */
export const publishers: Readonly<Record<string, string>> = {
  ovh: "https://ovhcloud.com",
  vexxhost: "https://vexxhost.com",
};
