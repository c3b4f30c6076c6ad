import type { Reply } from "../../http/reply";
import { requireStaff } from "./access";
import type { Call } from "./call";
import { link, pickFields } from "./view";

/** `GET /api/users/me/` (recording 20: staff flags are not shown to others). */
export function readMe(call: Call): Reply {
  const { user, view, query } = call;
  const body = {
    url: link(view, "users", user.uuid),
    uuid: user.uuid,
    username: user.username,
    full_name: user.fullName,
    civil_number: user.civilNumber,
    email: `${user.username}@example.com`,
    is_active: true,
    date_joined: user.created,
    ...(user.isStaff || user.isSupport ? { is_staff: user.isStaff, is_support: user.isSupport } : {}),
  };
  return { status: 200, body: pickFields(body, query.getAll("field")) };
}

/** `GET /api/version/`: staff only (recording 20). */
export function readVersion(call: Call): Reply {
  requireStaff(call);
  return { status: 200, body: { version: call.world.rules.generation === "2024" ? "7.0.8" : "8.1.0" } };
}

/** `GET /api/configuration/`: open to everybody; the part that tells a client what it talks to (recording 20). */
export function readConfiguration(): Reply {
  return {
    status: 200,
    body: {
      LANGUAGE_CODE: "en",
      WALDUR_CORE: {
        AUTHENTICATION_METHODS: ["LOCAL_SIGNIN"],
        SITE_NAME: "Waldur",
        SHORT_PAGE_TITLE: "Waldur",
      },
    },
  };
}
