import { randomBytes } from "node:crypto";
import type { Clock } from "../clock/clock";
import { newUuid } from "../ids";

/** A user of the emulated Keystone; everybody is in the domain Default. */
export interface User {
  id: string;
  name: string;
  password: string;
  /** Roles by project id. */
  roles: Record<string, string[]>;
}

/** A project, in the domain Default. */
export interface Project {
  id: string;
  name: string;
}

/** A secret for one user in one project. */
export interface ApplicationCredential {
  id: string;
  name: string;
  secret: string;
  userId: string;
  projectId: string;
}

/** An issued token. Times are milliseconds since the epoch. */
export interface Token {
  value: string;
  userId: string;
  /** Undefined: unscoped, good for nothing but another token. */
  projectId: string | undefined;
  roles: string[];
  methods: string[];
  issuedAt: number;
  expiresAt: number;
}

/** A service as the catalog of a token names it. */
interface CatalogService {
  type: string;
  name: string;
  /** Its endpoint, the same for everybody. */
  url: string;
}

/** The identity service: who there is, and which tokens hold. Tests may change it while the server runs. */
export class Keystone {
  readonly users = new Map<string, User>();
  readonly projects = new Map<string, Project>();
  readonly applicationCredentials = new Map<string, ApplicationCredential>();
  /** By value. */
  readonly tokens = new Map<string, Token>();
  /** Seconds that a new token holds; an hour by default. */
  tokenSeconds = 3600;

  readonly #roleIds = new Map<string, string>();

  /** @param catalog the services beside Keystone itself, for a project's id */
  constructor(
    readonly clock: Clock,
    readonly catalog: (projectId: string) => CatalogService[],
  ) {}

  /** The id of a role, which is the same for every token. */
  roleId(name: string): string {
    const id = this.#roleIds.get(name) ?? newUuid();
    this.#roleIds.set(name, id);
    return id;
  }

  /** Issues a token. */
  issue(user: User, projectId: string | undefined, methods: string[]): Token {
    const now = this.clock.now();
    const token: Token = {
      value: `gAAAAA${randomBytes(48).toString("base64url")}`,
      userId: user.id,
      projectId,
      roles: projectId === undefined ? [] : (user.roles[projectId] ?? []),
      methods,
      issuedAt: now,
      expiresAt: now + this.tokenSeconds * 1000,
    };
    this.tokens.set(token.value, token);
    return token;
  }

  /** The token of this value, if it holds. */
  valid(value: string | undefined): Token | undefined {
    const token = value === undefined ? undefined : this.tokens.get(value);
    return token !== undefined && token.expiresAt > this.clock.now() ? token : undefined;
  }

  /** Every token issued so far stops to hold, as after a change of password. */
  revokeTokens(): void {
    this.tokens.clear();
  }

  /** Every token issued so far is past its time. */
  expireTokens(): void {
    for (const token of this.tokens.values()) token.expiresAt = this.clock.now();
  }

  /** A user by id, or by name. */
  user(id: unknown, name: unknown): User | undefined {
    return [...this.users.values()].find((user) => (id === undefined ? user.name === name : user.id === id));
  }

  /** A project by id, or by name. */
  project(id: unknown, name: unknown): Project | undefined {
    return [...this.projects.values()].find((one) => (id === undefined ? one.name === name : one.id === id));
  }

  /** Adds a project. */
  addProject(name: string, id = newUuid()): Project {
    const project = { id, name };
    this.projects.set(id, project);
    return project;
  }

  /** Adds a user. @param roles by project id */
  addUser(name: string, password: string, roles: User["roles"], id = newUuid()): User {
    const user = { id, name, password, roles };
    this.users.set(id, user);
    return user;
  }

  /** Adds an application credential. */
  addApplicationCredential(
    name: string,
    secret: string,
    userId: string,
    projectId: string,
  ): ApplicationCredential {
    const credential = { id: newUuid(), name, secret, userId, projectId };
    this.applicationCredentials.set(credential.id, credential);
    return credential;
  }
}
