import type { Reply } from "../http/reply";
import type { RequestRecord as BaseRecord, RequestLog } from "../http/requestLog";
import type { Service, ServiceRequest } from "../http/service";
import { authenticate } from "./api/authenticate";
import { parseBody } from "./api/body";
import type { OpenHandler } from "./api/call";
import { describeRoute } from "./api/describe";
import { crash, html, notFoundPage, page, Refusal } from "./api/errors";
import { languageOf, rendererOf } from "./api/negotiation";
import { type ApiRoute, isHandled, type Redirect, routes } from "./api/routes";
import { type FaultAction, type FaultInjector, troubleOf, type WaldurFault } from "./faults";
import type { User } from "./model";
import type { World } from "./world";

/** A request that the emulator saw. */
export interface RequestRecord extends BaseRecord<FaultAction["kind"]> {}

type Request = ServiceRequest<ApiRoute | Redirect>;

/** The Waldur API of a world. */
export function waldurService(
  world: World,
  faults: FaultInjector,
  log: RequestLog<RequestRecord>,
): Service<ApiRoute | Redirect, WaldurFault, RequestRecord> {
  return {
    routes,
    timeline: world,
    faults,
    log,
    html,
    bare: (status) => ({ status, body: { detail: `${status}` } }),
    record: ({ method, route }, base) =>
      route !== undefined && "template" in route ? { ...base, route: `${method} ${route.template}` } : base,
    answer(request, entry, fault) {
      const { route } = request;
      if (route === undefined) return page(404, notFoundPage);
      if ("redirect" in route) return redirect(request);
      try {
        const reply = world.withTrouble(troubleOf(fault), () => handle(world, entry, request, route));
        return framed(reply, route);
      } catch (error) {
        if (!(error instanceof Refusal)) console.error(error);
        const { reply } = error instanceof Refusal ? error : crash();
        return reply.status === 500 ? reply : framed(reply, route);
      }
    },
    headers: (_, { header }) => ({
      Vary: "Accept-Language, Cookie",
      "Content-Language": languageOf(header("accept-language")),
    }),
  };
}

/** Django sends every method to the path with a slash, without looking at the token (recording 02). */
function redirect({ path, query }: Request): Reply {
  const search = query.size === 0 ? "" : `?${query}`;
  return { ...page(301, ""), headers: { Location: `${path}/${search}` } };
}

/** The headers of everything that a view of Django answers (recording 02). */
function framed(reply: Reply, { allow }: ApiRoute): Reply {
  const vary =
    reply.text === undefined ? "Accept, Accept-Language, Cookie" : "Accept, Cookie, Accept-Language";
  return { ...reply, headers: { Vary: vary, Allow: allow, ...reply.headers } };
}

/** @throws Refusal */
function handle(world: World, entry: RequestRecord, request: Request, route: ApiRoute): Reply {
  const { method, path, query, origin, params } = request;
  const renderer = rendererOf(request.header("accept"), query.get("format"));
  const user = route.open === undefined ? authenticate(world, request.header("authorization")) : undefined;
  entry.actor = user?.username ?? null;
  if (method === "OPTIONS") return { status: 200, body: describeRoute(route.template) };
  const handler = handlerOf(route, method === "HEAD" ? "GET" : method, user);
  if (handler === undefined) return { status: 405, body: { detail: `Method "${method}" not allowed.` } };
  const hasBody = !["GET", "HEAD", "DELETE"].includes(method);
  const reply = handler({
    world,
    view: { world, origin },
    method,
    uuid: params.uuid ?? "",
    query,
    path,
    body: hasBody ? parseBody(request.text, request.header("content-type")) : undefined,
  });
  return renderer === "html" && reply.status === 200 ? browsable(reply) : reply;
}

function handlerOf(route: ApiRoute, method: string, user: User | undefined): OpenHandler | undefined {
  if (!isHandled(method)) return undefined;
  if (user === undefined) return route.open?.[method];
  const handler = route.handlers?.[method];
  return handler === undefined ? undefined : (call) => handler({ ...call, user });
}

/** The page that browsers get; only its being HTML matters here (recording 02). */
function browsable({ body, ...reply }: Reply): Reply {
  const json = JSON.stringify(body, null, 4);
  const { text } = page(
    200,
    `<!DOCTYPE html>\n<html><head><title>Waldur MasterMind REST API</title></head><body><pre>${json}</pre></body></html>\n`,
  );
  return { ...reply, ...(text === undefined ? {} : { text }) };
}
