import { UnknownValueError } from "@pulumi/policy";
import { type Subject, titleOf } from "./subject";

/**
 * What reading a value throws that is not known during a preview; Pulumi's package leaves it without a type.
 */
const Unknown = UnknownValueError as unknown as new (
  sentinel: string,
  path: string[],
) => Error & { unknownTypeSentinel: string; props: string[] };

/** Pulumi makes a note of it that stops nothing: "can't run policy ... during preview: not checked: ...". */
export class NotChecked extends Unknown {
  constructor(sentinel: string, path: string[], message: string) {
    super(sentinel, path);
    this.message = message;
  }

  /** One note of several. */
  and(others: readonly NotChecked[]): NotChecked {
    const all = [this, ...others].map(({ message }) => message).join("; ");
    return new NotChecked(this.unknownTypeSentinel, this.props, all);
  }
}

/** Runs a check on a resource. @throws NotChecked where it meets a value that is not known yet */
export function notChecked<Result>(
  subject: Pick<Subject, "type" | "name"> | undefined,
  run: () => Result,
): Result {
  try {
    return run();
  } catch (error) {
    if (!subject || !(error instanceof Unknown) || error instanceof NotChecked) throw error;
    const { unknownTypeSentinel, props } = error;
    const what = `not checked: ${props.join(".")} of ${titleOf(subject)} is not known yet`;
    throw new NotChecked(unknownTypeSentinel, props, what);
  }
}
