/** Taken from the provider for the SDK, whose resources show uuids that a state has in URLs alone. */
export { uuidIn } from "../core/values";
