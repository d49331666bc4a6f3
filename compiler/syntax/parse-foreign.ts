/**
 * Statements without a node: those of the extensions (E1099), which are skipped with all their lines, and those of other
 * languages (E1033), which are read as what was meant where that is clear.
 */
import type { Stmt } from "./ast.js";
import { parseDeclaration } from "./parse-bind.js";
import { notHere } from "./parse-data.js";
import { parseFn } from "./parse-fn.js";
import type { Cursor } from "./recover.js";
import type { Kind } from "./tokens.js";

/** Declarations of other languages. */
const FOREIGN_DECLARATIONS = ["var", "const", "auto"];
const FOREIGN_FUNCTIONS = ["def", "func", "function", "fun"];
/** Contextual words of the extensions that belong at the top of a module, with the kinds that follow them. */
const TOP_WORDS: Readonly<Record<string, readonly Kind[]>> = {
  trait: ["name"],
  type: ["name"],
  extern: ["string"],
  test: ["string"],
  module: ["name"],
};

/** At a name: a statement of another language, or one that starts with a contextual word; null if it is neither. */
export function parseForeign(c: Cursor, list: Stmt[]): Stmt | null {
  const token = c.token;
  const next = c.peek(1);
  // Such a word is followed by something that cannot go on an expression, on the same line.
  if (next.indent >= 0) return null;
  const follows = next.kind;
  if (
    follows !== "name" &&
    follows !== "string" &&
    follows !== "mut" &&
    follows !== "int" &&
    follows !== "float" &&
    follows !== ":"
  )
    return null;
  const word = c.textOf(token);
  if (follows === "name" || follows === "mut") {
    if (FOREIGN_DECLARATIONS.includes(word) && declares(c, 2) && !c.binds(word)) {
      c.report("E1033", c.spanOf(token), `a declaration needs no \`${word}\``, {
        help: [
          word === "const"
            ? "a constant is `NAME := value`; an immutable variable just `name = value`"
            : "write `name = value`, or `mut name = value` if it changes",
        ],
      });
      c.next();
      parseDeclaration(c, list, false);
      return list.pop() ?? null;
    }
    if (FOREIGN_FUNCTIONS.includes(word) && c.peek(2).kind === "(" && !c.binds(word)) {
      c.report("E1033", c.spanOf(token), `a function is declared with \`fn\``, { help: ["write `fn`"] });
      return parseFn(c, false, c.next());
    }
    if (word === "let" && !c.binds(word)) {
      c.unsupported(c.spanOf(token), "`let` is");
      c.next();
      parseDeclaration(c, list, false);
      list.pop();
      return { kind: "error", span: c.spanFrom(token.start) };
    }
  }
  if (
    (word === "import" || word === "include" || word === "from") &&
    (follows === "name" || follows === "string") &&
    !c.binds(word)
  ) {
    c.fail("E1033", c.spanOf(token), `a module is imported with \`use\``, { help: ["write `use name`"] });
    return { kind: "error", span: c.spanOf(token) };
  }
  const kinds = TOP_WORDS[word];
  if (kinds?.includes(follows) && !c.binds(word)) {
    if (c.blocks > 0) notHere(c, token);
    else c.unsupported(c.spanOf(token), `\`${word}\` is`);
    c.failed = true;
    return { kind: "error", span: c.spanOf(token) };
  }
  const isThrow = (word === "throw" || word === "yield") && follows !== ":" && follows !== "mut";
  const isBlock =
    (word === "select" || word === "spawn" || word === "finally") && follows === ":" && c.peek(2).kind === "newline";
  if ((isThrow || isBlock || (word === "spawn" && follows === "name")) && !c.binds(word)) {
    if (word === "finally") c.report("E1030", c.spanOf(token), "`finally` has no `try` of the same depth before it");
    else c.unsupported(c.spanOf(token), `\`${word}\` is`, word === "throw" ? "E1010" : "E1099");
    c.failed = true;
    return { kind: "error", span: c.spanOf(token) };
  }
  return null;
}

/** Whether the name at `distance - 1` is given a value. */
function declares(c: Cursor, distance: number): boolean {
  const at = c.peek(distance - 1).kind === "mut" ? distance + 1 : distance;
  const kind = c.peek(at).kind;
  return kind === "=" || kind === ":=" || kind === ":";
}
