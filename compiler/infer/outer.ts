/**
 * What a body reaches outside of itself: the names that `use` brings from other modules (types 15), and the variables
 * of functions around a function, which it captures (types 4.1).
 */
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import type { Diagnostic, Sink } from "../diagnostics/diagnostic.js";
import { nearest } from "../diagnostics/suggest.js";
import type { Span } from "../source/span.js";
import type { Name, UseStmt } from "../syntax/ast.js";
import type { Resolution } from "./names.js";
import type { Scopes } from "./scopes.js";
import type { Exported, Exports, Known, MissingSymbol } from "./symbols.js";

/** What each `use` of the module leads to; null (or nothing) if the module could not be had, which was reported. */
export type Imports = ReadonlyMap<UseStmt, Exports | null>;

/** Declares what a `use` brings. */
export function bindAll(s: UseStmt, imports: Imports, scopes: Scopes, out: Resolution, sink: Sink): void {
  const exports = imports.get(s) ?? null;
  const bind = (name: Name, symbol: Known, at: Span): void => {
    const known = scopes.own(name.text);
    if (known) {
      // The same module under the same name again says nothing new.
      if (known.symbol.kind === "module" && symbol.kind === "module" && known.symbol.exports === symbol.exports) return;
      sink.report(taken(name.text, at, known.decl));
      return;
    }
    scopes.declare(symbol, null, name.text, at);
    if (symbol.kind === "struct" || symbol.kind === "enum" || symbol.kind === "module")
      out.types.set(name.text, symbol);
    else if (symbol.kind === "missing") out.types.set(name.text, null);
  };
  if (s.names === null) {
    const name = s.alias ?? s.path[s.path.length - 1];
    if (name) bind(name, { kind: "module", name: name.text, decl: name.span, owner: null, exports }, name.span);
    return;
  }
  if (s.names === "all") {
    const at = s.path[s.path.length - 1]?.span ?? s.keyword;
    if (exports) for (const [text, symbol] of exports.names) bind({ text, span: at }, symbol, at);
    return;
  }
  for (const { name, alias } of s.names) {
    const local = alias ?? name;
    bind(local, exports ? (exportOf(exports, name, sink) ?? missing(name)) : missing(name), local.span);
  }
}

const missing = (name: Name): MissingSymbol => ({ kind: "missing", name: name.text, decl: name.span, owner: null });

/** The export of that name; reports and answers null if there is none. */
export function exportOf(exports: Exports, name: Name, sink: Sink): Exported | null {
  const found = exports.names.get(name.text);
  if (found) return found;
  const { module } = exports;
  const hidden = exports.hidden.get(name.text);
  if (hidden) {
    sink.report({
      code: "E3005",
      span: name.span,
      label: `\`${name.text}\` is private to \`${module}\``,
      labels: [{ span: hidden.decl, text: "declared without `pub` here" }],
      help: ["write `pub` before its declaration"],
    });
    return null;
  }
  const guess = nearest(name.text, exports.names.keys());
  const all = [...exports.names.keys()];
  sink.report({
    code: "E3004",
    span: name.span,
    label: `\`${module}\` does not export \`${name.text}\``,
    ...(guess !== null
      ? {
          help: [`did you mean \`${guess}\`?`],
          fixes: [{ title: `write \`${guess}\``, edits: [{ span: name.span, text: guess }] }],
        }
      : all.length > 0 && all.length <= 8
        ? { help: [`it exports ${all.map((n) => `\`${n}\``).join(", ")}`] }
        : {}),
  });
  return null;
}

/** A name of a module's top that is declared twice. */
export function taken(name: string, again: Span, first: Span): Diagnostic {
  const [one, two] = first.start < again.start ? [first, again] : [again, first];
  return {
    code: "E1011",
    span: two,
    label: `\`${name}\` is already declared in this file`,
    labels: [{ span: one, text: "first declared here" }],
    help: ["choose another name"],
  };
}

/** A node in a function that means a variable from outside of it. */
interface OuterUse {
  readonly node: { symbol?: Known | { readonly kind: "builtin" }; unset?: boolean };
  readonly fn: FnSymbol;
}

/**
 * Which variables every function captures, itself or through the functions that it mentions; which of them need a cell,
 * and which module variables functions use. `mentions`: for a function, the nested functions that its body mentions.
 */
export function closeCaptures(
  uses: readonly OuterUse[],
  mentions: ReadonlyMap<FnSymbol, ReadonlySet<FnSymbol>>,
  branchVariables: ReadonlySet<VarSymbol>,
): void {
  const captures = new Map<FnSymbol, Set<VarSymbol>>();
  const work: { readonly fn: FnSymbol; readonly variable: VarSymbol }[] = [];
  const capture = (fn: FnSymbol, variable: VarSymbol): void => {
    let set = captures.get(fn);
    if (!set) captures.set(fn, (set = new Set()));
    if (set.has(variable)) return;
    set.add(variable);
    work.push({ fn, variable });
  };
  const by = new Map<FnSymbol, FnSymbol[]>();
  for (const [fn, mentioned] of mentions)
    for (const other of mentioned) {
      const list = by.get(other);
      if (list) list.push(fn);
      else by.set(other, [fn]);
    }
  for (const { node, fn } of uses) {
    const variable = node.symbol;
    if (variable?.kind !== "var") continue;
    if (variable.owner === null && !variable.perRound) variable.usedInFunctions = true;
    else {
      capture(fn, variable);
      // When the function runs is not known here.
      if (branchVariables.has(variable)) node.unset = variable.mayLackValue = true;
    }
  }
  for (let next = work.pop(); next; next = work.pop()) {
    const { fn, variable } = next;
    variable.captured = true;
    // A function around has to hand it on, unless it is the variable's own.
    if (fn.owner && fn.owner !== variable.owner) capture(fn.owner, variable);
    for (const other of by.get(fn) ?? []) if (other !== variable.owner) capture(other, variable);
  }
  for (const [fn, set] of captures) {
    fn.captures = [...set].sort((a, b) => a.decl.start - b.decl.start);
    for (const v of fn.captures) {
      // Called above its definition, a function may find variables whose declarations come in between, or call it themselves.
      if (fn.early !== undefined && (v.complete ?? v.decl.end) > fn.early) v.cell = v.mayBeReadEarly = true;
      if (v.assigned) v.cell = true;
    }
  }
}
