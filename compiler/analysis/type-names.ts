/**
 * Written type names to types. Only names exist so far; `void` stands for a type in the result position alone, and
 * the names that the language knows but this compiler does not yet are told apart from misspelt ones.
 */
import type { Sink } from "../diagnostics/diagnostic.js";
import { nearest } from "../diagnostics/suggest.js";
import { type TypeNode, writtenType } from "../syntax/ast.js";
import { BOOL, ERROR, F64, I32, I64, STRING, type Type, U32, U64, VOID } from "./types.js";

const NAMED: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["i32", I32],
  ["i64", I64],
  ["u32", U32],
  ["u64", U64],
  ["f64", F64],
  ["bool", BOOL],
  ["string", STRING],
  ["str", STRING],
]);

/** Types of the language without an implementation so far. */
const LATER: ReadonlySet<string> = new Set(["any", "bytes", "Result", "Option", "Gen", "Oroutine", "Channel", "Range"]);

/** The type that a name stands for; reports and gives the error type when there is none. */
export function typeOfNode(node: TypeNode, sink: Sink, place: "value" | "result"): Type {
  const name = writtenType(node);
  const found = NAMED.get(name);
  if (found) return found;
  if (name === "void") {
    if (place === "result") return VOID;
    sink.report({
      code: "E2003",
      span: node.span,
      label: "`void` is not the type of a value",
      notes: ["`void` can only stand after `->`."],
    });
  } else if (LATER.has(name)) {
    sink.report({ code: "E1099", span: node.span, label: `the type \`${name}\` is not supported yet` });
  } else {
    const guess = nearest(name, NAMED.keys());
    sink.report({
      code: "E2003",
      span: node.span,
      label: `there is no type \`${name}\``,
      help:
        guess === null
          ? ["the types are `i32`, `i64`, `u32`, `u64`, `f64`, `bool` and `string`"]
          : [`did you mean \`${guess}\`?`],
      ...(guess === null
        ? {}
        : { fixes: [{ title: `write \`${guess}\``, edits: [{ span: node.span, text: guess }] }] }),
    });
  }
  return ERROR;
}
