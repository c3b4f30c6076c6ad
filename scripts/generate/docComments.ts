/** What a doc comment says. */
export interface DocComment {
  /** Its text before the first tag, paragraphs kept. */
  text: string;
  /** The code of its example, where it has one. */
  example?: string;
}

/** The doc comments of the exported classes and functions of a source file, by name. */
export function docComments(source: string): Map<string, DocComment> {
  const found = source.matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\s*export (?:class|function) (\w+)/gs);
  return new Map(Array.from(found, ([, comment = "", name = ""]) => [name, read(comment)]));
}

function read(comment: string): DocComment {
  const body = comment.replace(/^[ \t]*\* ?/gm, "").trim();
  const [, example] = /@example\s*```ts\n(.*?)\n```/s.exec(body) ?? [];
  const text = (body.split(/^@/m)[0] ?? "").trim();
  return { text, ...(example === undefined ? {} : { example }) };
}
