import { z } from "zod";
import { ApiError } from "../core/errors";
import type { HttpResponse } from "../core/http/http";
import type { Query } from "../core/http/query";
import { segment } from "../core/http/segment";
import type { ServiceClient, ServiceRequest } from "../openstack/serviceClient";
import {
  restoreFields,
  snapshotFields,
  type WireRestore,
  type WireSnapshot,
  type WireWorkload,
  workloadFields,
} from "./wire";

/** An object, and the request id of the answer that showed it. */
export type Answered<T> = T & { requestId?: string | undefined };

/**
 * Trilio's workload manager, API v1: paths, headers and shapes. What an answer means is for the lifecycle to say.
 * Links in answers name a host that only the server knows (contract, section 4), so none is ever followed.
 */
export class TrilioClient {
  /** The last that is at work on a snapshot, or waits to be. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(readonly service: ServiceClient) {}

  /** Runs something once nobody else of this process is at work on the snapshot. */
  async inTurn<T>(snapshot: string, run: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(snapshot) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(run);
    this.#turns.set(snapshot, mine);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(snapshot) === mine) this.#turns.delete(snapshot);
    }
  }

  /** A restore; `undefined` where there is none. API page: Get Restore. */
  async restore(id: string, signal?: AbortSignal): Promise<Answered<WireRestore> | undefined> {
    const answer = await this.#find(`/restores/${segment(id)}`, signal);
    return answer && answered(answer, z.object({ restore: restoreFields }).parse(answer.body).restore);
  }

  /** Restores, those of one snapshot or all of the project. API page: List Restores. */
  async restores(snapshot?: string, signal?: AbortSignal): Promise<WireRestore[]> {
    const { body } = await this.#get("/restores/detail", { snapshot_id: snapshot }, signal);
    const { restores } = z.object({ restores: z.array(restoreFields) }).parse(body);
    // A server that does not know the filter answers with all of them.
    return restores.filter(({ snapshot_id }) => snapshot === undefined || snapshot_id === snapshot);
  }

  /** Starts a restore. API pages: One Click, Selective and Inplace Restore. */
  async startRestore(snapshot: string, body: unknown, signal?: AbortSignal): Promise<Answered<WireRestore>> {
    const answer = await this.#send({
      method: "POST",
      path: `/snapshots/${segment(snapshot)}`,
      body,
      signal,
    });
    return answered(answer, z.object({ restore: restoreFields }).parse(answer.body).restore);
  }

  /**
   * Asks for the end of a restore. API page: Cancel Restore, a GET that changes something: it goes out once, takes
   * no signal that could cut it off, and is never repeated, whatever comes of it.
   */
  async cancel(id: string): Promise<void> {
    await this.#send({ method: "GET", path: `/restores/${segment(id)}/cancel`, once: true });
  }

  /** Deletes the record of a restore, not what was restored. API page: Delete Restore. */
  async deleteRestore(id: string, signal?: AbortSignal): Promise<void> {
    await this.#send({ method: "DELETE", path: `/restores/${segment(id)}`, signal });
  }

  /** Snapshots. Contract, section 2, row 10. */
  async snapshots(query: Query, signal?: AbortSignal): Promise<WireSnapshot[]> {
    const { body } = await this.#get("/snapshots", query, signal);
    return z.object({ snapshots: z.array(snapshotFields) }).parse(body).snapshots;
  }

  /** A snapshot with its instances; `undefined` where there is none. Contract, section 2, row 11. */
  async snapshot(id: string, signal?: AbortSignal): Promise<Answered<WireSnapshot> | undefined> {
    const answer = await this.#find(`/snapshots/${segment(id)}`, signal);
    return answer && answered(answer, z.object({ snapshot: snapshotFields }).parse(answer.body).snapshot);
  }

  /** A workload; `undefined` where there is none. Contract, section 2, row 17. */
  async workload(id: string, signal?: AbortSignal): Promise<WireWorkload | undefined> {
    const answer = await this.#find(`/workloads/${segment(id)}`, signal);
    return answer && z.object({ workload: workloadFields }).parse(answer.body).workload;
  }

  #get(path: string, query: Query, signal: AbortSignal | undefined): Promise<HttpResponse> {
    return this.#send({ method: "GET", path, query, signal });
  }

  async #find(path: string, signal: AbortSignal | undefined): Promise<HttpResponse | undefined> {
    try {
      return await this.#get(path, {}, signal);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
      // What Trilio says with a 404 is not public. One that is no JSON can come from a proxy that knows no such
      // API, so it counts only where the API itself is there.
      if (!error.json) await this.#get("/workloads", {}, signal);
      return undefined;
    }
  }

  /** The header is "always" to be there by the API page, and holds the project's id (contract, section 1). */
  async #send(request: ServiceRequest): Promise<HttpResponse> {
    const project = await this.service.projectId(request.signal);
    return this.service.request({ ...request, headers: { "x-auth-project-id": project } });
  }
}

function answered<T>({ headers }: HttpResponse, object: T): Answered<T> {
  const id = headers["x-compute-request-id"] ?? headers["x-openstack-request-id"];
  return { ...object, requestId: Array.isArray(id) ? id[0] : id };
}
