import type { PolicyConfigSchema } from "@pulumi/policy";
import { z } from "zod";

/** Patterns over names, in which `*` stands for any text. */
export const patterns = z.array(z.string().min(1));

/** A positive number of days; fractions count. */
export const days = z.number().positive();

/** The metadata key that tells a snapshot's class, for rules whose limits differ by class. */
export const classKey = z.string().min(1).describe("Metadata key that holds the class").default("class");

/** The schema of a rule's options as Pulumi checks it, before the rule sees them. */
export function configSchemaOf(options: z.ZodObject): PolicyConfigSchema {
  const { properties = {} } = z.toJSONSchema(options, { target: "draft-7", io: "input" });
  return { properties: properties as PolicyConfigSchema["properties"] };
}

/**
 * Reads the options of a rule.
 *
 * @throws an error that names the rule, every wrong option, its value and what would be right
 */
export function readOptions<Options extends z.ZodObject>(
  rule: string,
  options: Options,
  given: object,
): z.output<Options> {
  const result = options.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const path = issue.path.join(".");
    const value = issue.path.reduce<unknown>((inner, key) => (inner as never)?.[key], given);
    if (issue.code === "unrecognized_keys") {
      return `${issue.keys.join(", ")}: no option of it; it has ${Object.keys(options.shape).join(", ")}`;
    }
    return `${path}: invalid value ${JSON.stringify(value)}: ${issue.message}`;
  });
  const error = new Error(`options of ${rule}: ${lines.join("; ")}`);
  // Pulumi prints the stack; the message is all that helps a user.
  error.stack = error.message;
  throw error;
}
