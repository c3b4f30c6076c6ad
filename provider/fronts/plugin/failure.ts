import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { messageOf, PartialError } from "../../core/errors";
import { type Received, sentOutputs } from "./values";

/**
 * What the engine is told of an error. A {@link PartialError} carries the object that is there all the same, so
 * that it stays in the state.
 *
 * @param by the properties that the operation was given
 * @param hide takes their values out of a text
 */
export function failureOf(
  error: unknown,
  by: Received = { values: {}, secrets: new Set() },
  hide = (text: string) => text,
): grpc.ServiceError {
  const message = hide(messageOf(error));
  const metadata = new grpc.Metadata();
  if (error instanceof PartialError) {
    const detail = new ErrorResourceInitFailed();
    detail.setId(error.id);
    detail.setProperties(sentOutputs(error.outputs, by));
    detail.setReasonsList(error.reasons.map(hide));
    const any = new Any();
    any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(message);
    status.addDetails(any);
    // gRPC for Node has no other place for structured details.
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  }
  return Object.assign(new Error(message), { code: grpc.status.UNKNOWN, details: message, metadata });
}
