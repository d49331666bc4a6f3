/** Names in type positions: primitive types, types of the program, of other modules, and generic parameters. */
import { BOOL, F64, I32, I64, STRING, type Type, U32, U64 } from "../analysis/types.js";
import type { Sink } from "../diagnostics/diagnostic.js";
import { nearest } from "../diagnostics/suggest.js";
import type { Span } from "../source/span.js";
import type { Name } from "../syntax/ast.js";
import { exportOf } from "./outer.js";
import type { EnumSymbol, NamespaceSymbol, StructSymbol } from "./symbols.js";
import { ANY } from "./types.js";

export const PRIMITIVES: ReadonlyMap<string, Type> = new Map<string, Type>([
  ["i32", I32],
  ["i64", I64],
  ["u32", U32],
  ["u64", U64],
  ["f64", F64],
  ["bool", BOOL],
  ["string", STRING],
  ["str", STRING],
  ["any", ANY],
]);

/** The types of a module by name; null stands for one whose module could not be read. */
export type TypeTable = ReadonlyMap<string, StructSymbol | EnumSymbol | NamespaceSymbol | null>;

/**
 * The declaration that a name or `m.Name` means; null if there is none. `missing`: it comes from a module that could not
 * be read; `reported`: it is wrong, which was said.
 */
export function lookupType(
  path: readonly Name[],
  types: TypeTable,
  sink: Sink,
): StructSymbol | EnumSymbol | "missing" | "reported" | null {
  const [first, second] = path;
  if (!first) return null;
  const found = types.get(first.text);
  if (found === undefined) return null;
  if (found === null) return "missing";
  if (found.kind !== "module") {
    if (!second) return found;
    sink.report({ code: "E2003", span: first.span, label: `\`${first.text}\` is a type, not a module` });
    return "reported";
  }
  if (!second) {
    sink.report({ code: "E2003", span: first.span, label: `\`${first.text}\` is a module, not a type` });
    return "reported";
  }
  if (!found.exports) return "missing";
  const symbol = exportOf(found.exports, second, sink);
  if (!symbol) return "reported";
  if (symbol.kind === "struct" || symbol.kind === "enum") return symbol;
  sink.report({
    code: "E2003",
    span: second.span,
    label: `\`${second.text}\` is a ${symbol.kind === "fn" ? "function" : "variable"}, not a type`,
    labels: [{ span: symbol.decl, text: "declared here" }],
  });
  return "reported";
}

/** The rule behind a message about a type that is declared further down. */
export const ABOVE = "A struct or enum is declared above the code that uses it.";

/** Whether the declaration stands below the place, in the same file. A type is declared where its name stands. */
export const isBelow = (symbol: { readonly decl: Span }, at: Span): boolean =>
  symbol.decl.file === at.file && symbol.decl.start > at.start;

/** A use of a type above its declaration, which stands at `decl`. */
export function declaredBelow(name: Name, decl: Span, sink: Sink): void {
  sink.report({
    code: "E2003",
    span: name.span,
    label: `\`${name.text}\` is declared further down`,
    labels: [{ span: decl, text: "declared here" }],
    help: ["move the declaration above this"],
    notes: [ABOVE],
  });
}

/** A name that is no type. */
export function unknownType(name: Name, types: TypeTable, sink: Sink): void {
  const valid = [...types].filter(([, symbol]) => symbol === null || !isBelow(symbol, name.span));
  const guess = nearest(name.text, [...valid.map(([text]) => text), ...PRIMITIVES.keys()]);
  sink.report({
    code: "E2003",
    span: name.span,
    label: name.text === "void" ? "`void` is not the type of a value" : `there is no type \`${name.text}\``,
    ...(name.text === "void"
      ? { notes: ["`void` can only stand after `->`."] }
      : guess === null
        ? { notes: [ABOVE] }
        : {
            help: [`did you mean \`${guess}\`?`],
            fixes: [{ title: `write \`${guess}\``, edits: [{ span: name.span, text: guess }] }],
          }),
  });
}
