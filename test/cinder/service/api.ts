/** An answer of Keystone or Cinder. */
export interface Answer {
  status: number;
  headers: Headers;
  /** What was read as JSON, or the text where it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers as they come
  body: any;
}

/** What a request has beside its method and path. */
export interface Extras {
  body?: unknown;
  /** Microversion of Cinder, e.g. "3.71". Default: none, which means 3.0. */
  version?: string;
  headers?: Record<string, string>;
}

/** Plain HTTP with a token, so that nothing of the provider is between a test and the service. */
export class Api {
  /**
   * @param base where paths begin, e.g. `http://127.0.0.1:8776/v3/{project id}`
   * @param token what is sent as `X-Auth-Token`; nothing where it is empty
   */
  constructor(
    readonly base: string,
    readonly token: string,
  ) {}

  /** Sends one request and reads the answer, whatever its status. */
  async send(method: string, path: string, { body, version, headers = {} }: Extras = {}): Promise<Answer> {
    const answer = await fetch(this.base + path, {
      method,
      headers: {
        ...(this.token ? { "x-auth-token": this.token } : {}),
        ...(version ? { "openstack-api-version": `volume ${version}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: parsed(text) };
  }

  /** The body of an answer that must be a success. @throws Error with method, path, status and the server's words */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers as they come
  async ok(method: string, path: string, extras: Extras = {}): Promise<any> {
    const { status, body } = await this.send(method, path, extras);
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
