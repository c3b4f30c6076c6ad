/** Which resource of which stack this is. */
export interface Identity {
  project: string;
  stack: string;
  /** The name in the program. */
  name: string;
  /** Types of the components around it, from the outside in, e.g. `my:Site$my:Database`; none: absent. */
  parents?: string | undefined;
  /** Whose stack it is; absent where the back end knows no organizations, or the front cannot tell. */
  organization?: string | undefined;
}
