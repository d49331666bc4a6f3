/** The words of resolve.ts about names and jumps that mean something, but not what the program does with them. */
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type { JumpStmt, Name } from "../syntax/ast.js";
import type { FnSymbol, VarSymbol } from "./symbols.js";

/** Two declarations of one name in one block. A function is known before its place: the later text is the second. */
export function repeated(name: string, again: Span, known: VarSymbol | FnSymbol): Diagnostic {
  const [first, second] = known.decl.start < again.start ? [known.decl, again] : [again, known.decl];
  const other = known.kind === "fn" ? "" : ", or assign without `mut` and without a type";
  return {
    code: "E1011",
    span: second,
    label: `\`${name}\` is already declared in this block`,
    labels: [{ span: first, text: "first declared here" }],
    help: [`choose another name${other}`],
  };
}

const ROLES = { local: "an immutable variable", param: "a parameter", loop: "a loop variable", constant: "a constant" };

/** Assignment to what cannot have another value. `single`: its declaration is one that `mut` may stand before. */
export function immutable(
  code: "E1014" | "E1017",
  name: Name,
  known: VarSymbol | FnSymbol,
  single: boolean,
): Diagnostic {
  const local = known.kind === "var" && known.role === "local";
  const base = {
    code,
    span: name.span,
    label: `\`${known.name}\` is ${known.kind === "fn" ? "a function" : ROLES[known.role]}`,
    labels: [{ span: known.decl, text: local ? "declared without `mut` here" : "declared here" }],
  };
  if (!local) return { ...base, help: ["use another name"] };
  const edit = { span: { ...known.decl, end: known.decl.start }, text: "mut " };
  return {
    ...base,
    help: [`declare it as \`mut ${known.name}\``],
    ...(single ? { fixes: [{ title: `write \`mut ${known.name}\``, edits: [edit] }] } : {}),
  };
}

/** Assignment to what only branches declared, which are over. `mut` there would make it invisible here. */
export function immutableBranches(code: "E1014" | "E1017", name: Name, known: VarSymbol): Diagnostic {
  return {
    code,
    span: name.span,
    label: `\`${known.name}\` is an immutable variable`,
    labels: [{ span: known.decl, text: "declared in a branch here" }],
    help: [`declare it before the branches: \`mut ${known.name} = ...\``],
  };
}

/** A constant of a module whose name is not in capitals. */
export function constantName(name: Name): Diagnostic {
  const better = name.text
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .replace(/^[^A-Z]+/, "");
  const base = { code: "E1013", span: name.span, label: "constants of a module have names in capitals" } as const;
  if (better === "") return base;
  const title = `write \`${better}\``;
  return { ...base, help: [title], fixes: [{ title, edits: [{ span: name.span, text: better }] }] };
}

/** A nested function refers to a local of the function around it. */
export function captured(symbol: VarSymbol, at: Span): Diagnostic {
  return {
    code: "E1099",
    span: at,
    label: `\`${symbol.name}\` belongs to the function around this one; using it here is not supported yet`,
    labels: [{ span: symbol.decl, text: `a local of \`${symbol.owner!.name}\`` }],
    help: ["pass it as an argument"],
  };
}

/** `break` or `continue` without a loop. `left`: the function that stands between it and a loop. */
export function strayJump(s: JumpStmt, fn: FnSymbol | null, left: boolean): Diagnostic {
  return {
    code: s.kind === "break" ? "E1401" : "E1402",
    span: s.span,
    label:
      fn && left
        ? `\`${s.kind}\` cannot leave the function \`${fn.name}\``
        : `there is no loop around this \`${s.kind}\``,
    ...(fn ? { help: ["to leave a function, write `return`"] } : {}),
  };
}
