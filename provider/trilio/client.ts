import { z } from "zod";
import { ApiError } from "../core/errors";
import type { HttpResponse } from "../core/http/http";
import type { Query } from "../core/http/query";
import { Remembered } from "../core/resource/sharedList";
import { Turns } from "../core/wait/turns";
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
  /** Requests that start a restore, by snapshot. */
  readonly turns = new Turns();
  /** The restores of a snapshot that creations look through for what killed runs have left. */
  readonly leftovers = new Remembered<WireRestore[]>();

  constructor(readonly service: ServiceClient) {}

  /** A restore; `undefined` where there is none. API page: Get Restore. */
  async restore(id: string, signal?: AbortSignal): Promise<Answered<WireRestore> | undefined> {
    const answer = await this.#find(`/restores/${id}`, signal);
    return answer && restoreIn(answer);
  }

  /** Restores, those of one snapshot or all of the project. API page: List Restores. */
  async restores(snapshot?: string, signal?: AbortSignal): Promise<WireRestore[]> {
    const { body } = await this.#get("/restores/detail", { snapshot_id: snapshot }, signal);
    const { restores } = z.object({ restores: z.array(restoreFields) }).parse(body);
    // A server that does not know the filter answers with all of them.
    return restores.filter(({ snapshot_id }) => snapshot === undefined || snapshot_id === snapshot);
  }

  /** Starts a restore. API pages: One Click, Selective and Inplace Restore. @returns the answer, to be read */
  async startRestore(snapshot: string, body: unknown, signal?: AbortSignal): Promise<HttpResponse> {
    return this.#send({ method: "POST", path: `/snapshots/${snapshot}`, body, signal });
  }

  /**
   * Asks for the end of a restore. API page: Cancel Restore, a GET that changes something: it goes out once, takes
   * no signal that could cut it off, and is never repeated, whatever comes of it.
   */
  async cancel(id: string): Promise<void> {
    await this.#send({ method: "GET", path: `/restores/${id}/cancel`, once: true });
  }

  /** Deletes the record of a restore, not what was restored. API page: Delete Restore. */
  async deleteRestore(id: string, signal?: AbortSignal): Promise<void> {
    await this.#send({ method: "DELETE", path: `/restores/${id}`, signal });
  }

  /** Snapshots. Contract, section 2, row 10. */
  async snapshots(query: Query, signal?: AbortSignal): Promise<WireSnapshot[]> {
    const { body } = await this.#get("/snapshots", query, signal);
    return z.object({ snapshots: z.array(snapshotFields) }).parse(body).snapshots;
  }

  /** A snapshot with its instances; `undefined` where there is none. Contract, section 2, row 11. */
  async snapshot(id: string, signal?: AbortSignal): Promise<Answered<WireSnapshot> | undefined> {
    const answer = await this.#find(`/snapshots/${id}`, signal);
    return answer && answered(answer, z.object({ snapshot: snapshotFields }).parse(answer.body).snapshot);
  }

  /** A workload; `undefined` where there is none. Contract, section 2, row 17. */
  async workload(id: string, signal?: AbortSignal): Promise<WireWorkload | undefined> {
    const answer = await this.#find(`/workloads/${id}`, signal);
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

/** The restore in an answer. @throws z.ZodError where there is none */
export function restoreIn(answer: HttpResponse): Answered<WireRestore> {
  return answered(answer, z.object({ restore: restoreFields }).parse(answer.body).restore);
}

function answered<T>({ headers }: HttpResponse, object: T): Answered<T> {
  const id = headers["x-compute-request-id"] ?? headers["x-openstack-request-id"];
  return { ...object, requestId: Array.isArray(id) ? id[0] : id };
}
