import { z } from "zod";
import { ApiError } from "../core/errors";
import type { HttpResponse } from "../core/http/http";
import type { Query } from "../core/http/query";
import { segment } from "../core/http/segment";
import { understood } from "../core/http/wire";
import { Remembered } from "../core/resource/sharedList";
import { Shared } from "../core/shared";
import { isRecord } from "../core/values";
import { Turns } from "../core/wait/turns";
import type { ServiceClient, ServiceRequest } from "../openstack/serviceClient";
import { sameReference } from "./references";
import { meaningOf } from "./states";
import {
  type Answered,
  restoreFields,
  snapshotFields,
  type WireRestore,
  type WireSnapshot,
  type WireWorkload,
  workloadFields,
} from "./wire";

/** An answer with a restore in it, and the project in whose path that is. */
export interface Started {
  answer: HttpResponse;
  project: string;
}

/**
 * Trilio's workload manager, API v1: paths, headers and shapes. What an answer means is for the lifecycle to say.
 * Links in answers name a host that only the server knows (contract, section 4), so none is ever followed.
 */
export class TrilioClient {
  /** Requests that start a restore, by snapshot. */
  readonly turns = new Turns();
  /** The restores of a snapshot that creations look through for what killed runs have left. */
  readonly leftovers: Remembered<WireRestore[]>;

  readonly #ids: Record<"restore" | "snapshot", Shared<Set<string>>>;

  constructor(readonly service: ServiceClient) {
    this.leftovers = new Remembered(service.clock);
    const ids = (list: () => Promise<{ id: string; status: string }[]>) =>
      new Shared(service.clock, async () => {
        // A record that is deleted may still be listed for a while.
        const there = (await list()).filter(({ status }) => meaningOf(status) !== "gone");
        return new Set(there.map(({ id }) => id));
      });
    this.#ids = { restore: ids(() => this.restores()), snapshot: ids(() => this.snapshots({})) };
  }

  /** A restore; `undefined` where there is none. API page: Get Restore. */
  async restore(id: string, signal?: AbortSignal): Promise<Answered<WireRestore> | undefined> {
    const answer = await this.#find("restore", id, signal);
    return answer && restoreIn({ answer, project: await this.service.projectId(signal) });
  }

  /** Restores, those of one snapshot or all of the project. API page: List Restores. */
  async restores(snapshot?: string, signal?: AbortSignal): Promise<WireRestore[]> {
    const { body } = await this.#get("/restores/detail", { snapshot_id: snapshot }, signal);
    const { restores } = understood(z.object({ restores: z.array(restoreFields) }), body);
    // A server that does not know the filter answers with all of them.
    return restores.filter(({ snapshot_id }) => snapshot === undefined || snapshot_id === snapshot);
  }

  /**
   * Starts a restore. API pages: One Click, Selective and Inplace Restore.
   *
   * @returns the answer, for {@link restoreIn}
   */
  async startRestore(snapshot: string, body: unknown, signal?: AbortSignal): Promise<Started> {
    // Before the request: after it nothing may come between its answer and who keeps the id.
    const project = await this.service.projectId(signal);
    const path = `/snapshots/${segment(snapshot)}`;
    const answer = await this.#send({ method: "POST", path, body, signal });
    return { answer, project };
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
    return understood(z.object({ snapshots: z.array(snapshotFields) }), body).snapshots;
  }

  /** A snapshot with its instances; `undefined` where there is none. Contract, section 2, row 11. */
  async snapshot(id: string, signal?: AbortSignal): Promise<Answered<WireSnapshot> | undefined> {
    const answer = await this.#find("snapshot", id, signal);
    return (
      answer && answered(answer, understood(z.object({ snapshot: snapshotFields }), answer.body).snapshot)
    );
  }

  /** Whether a list shows an object; one list serves all who ask at the same moment. */
  async lists(kind: "restore" | "snapshot", id: string, signal?: AbortSignal): Promise<boolean> {
    return (await this.#ids[kind].answer(signal)).has(id);
  }

  /** A workload; `undefined` where there is none. Contract, section 2, row 17. */
  async workload(id: string, signal?: AbortSignal): Promise<WireWorkload | undefined> {
    const answer = await this.#find("workload", id, signal);
    return answer && understood(z.object({ workload: workloadFields }), answer.body).workload;
  }

  #get(path: string, query: Query, signal: AbortSignal | undefined): Promise<HttpResponse> {
    return this.#send({ method: "GET", path, query, signal });
  }

  async #find(kind: string, id: string, signal: AbortSignal | undefined): Promise<HttpResponse | undefined> {
    const usable = (body: unknown) =>
      isRecord(body) && isRecord(body[kind]) && sameReference(body[kind].id, id);
    try {
      return await this.#send({ method: "GET", path: `/${kind}s/${segment(id)}`, signal, usable });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
      // What Trilio says with a 404 is not public. One in another shape than OpenStack's can come from a gateway that
      // knows no such API, so it counts only where the API itself is there.
      if (error.fault === undefined) await this.#get("/workloads", {}, signal);
      return undefined;
    }
  }

  /** The header is "always" to be there by the API page, and holds the project's id (contract, section 1). */
  async #send(request: ServiceRequest): Promise<HttpResponse> {
    const project = await this.service.projectId(request.signal);
    return this.service.request({ ...request, headers: { "x-auth-project-id": project } });
  }
}

/**
 * The restore of an answer. What is in a project's own path is of that project, whether the answer says so or not.
 *
 * @throws UnusableAnswer where there is none
 */
export function restoreIn({ answer, project }: Started): Answered<WireRestore> {
  const { restore } = understood(z.object({ restore: restoreFields }), answer.body);
  return answered(answer, { ...restore, project_id: restore.project_id ?? project });
}

function answered<T>({ headers }: HttpResponse, object: T): Answered<T> {
  const id = headers["x-compute-request-id"] ?? headers["x-openstack-request-id"];
  return { ...object, requestId: Array.isArray(id) ? id[0] : id };
}
