/**
 * Names that mean nothing where they stand. They are collected during the walk and reported at its end, because only
 * then it is known whether the name is declared somewhere else (E1012) or nowhere (E1010). A name is reported once per
 * function.
 */

import { homeOf } from "../analysis/branches.js";
import type { FnSymbol } from "../analysis/symbols.js";
import type { Diagnostic, Sink } from "../diagnostics/diagnostic.js";
import { distance, nearest, reach } from "../diagnostics/suggest.js";
import type { Span } from "../source/span.js";
import type { Name } from "../syntax/ast.js";
import { type Binding, encloses, type Scope, type Scopes } from "./scopes.js";
import type { Known } from "./symbols.js";
import { ABOVE } from "./type-names.js";

export interface UnknownUse {
  readonly name: string;
  readonly span: Span;
  /** `base`: before a dot. */
  readonly use: "value" | "callee" | "target" | "base";
  /** Scope that the use is in. */
  readonly scope: Scope;
  /** Function that the use is in. */
  readonly fn: FnSymbol | null;
  /** The use stands in the value that declares the name. */
  readonly ownInitialiser: boolean;
}

/** Names that are compared at most in one run: a program of nothing but misspelt names must not take for ever. */
const COMPARISONS = 300_000;

/** The predeclared functions. A declaration of the program hides them. */
export const BUILTINS: ReadonlySet<string> = new Set([
  "len",
  "push",
  "pop",
  "sorted",
  "range",
  "input",
  "int",
  "float",
  "typeof",
  "istype",
  "timestamp",
  "assert_eq",
]);

export class Unknowns {
  private readonly pending: { readonly use: UnknownUse; readonly guess: string | null }[] = [];
  private compared = 0;

  constructor(
    private readonly scopes: Scopes,
    private readonly sink: Sink,
  ) {}

  add(use: UnknownUse): void {
    // The guess is made now: it depends on what is visible here.
    this.pending.push({ use, guess: use.ownInitialiser ? null : this.guess(use) });
  }

  /** Reports everything; to be called when all declarations have been seen. */
  report(): void {
    for (const { use, guess } of this.pending) {
      const elsewhere = use.ownInitialiser ? null : this.elsewhere(use);
      this.sink.report(elsewhere ? notVisible(use, elsewhere) : unknown(use, guess));
    }
  }

  /** A `break` or `continue` to a label that no loop around it has. */
  label(label: Name, candidates: readonly Name[]): void {
    const guess = nearest(label.text, candidates.map((c) => c.text).reverse());
    const shown = guess ?? (candidates.length === 1 ? candidates[0]!.text : null);
    this.sink.report({
      code: "E1412",
      span: label.span,
      label: `no loop around this is labelled ${quoted(label.text)}`,
      ...(shown === null ? {} : { help: [`did you mean ${quoted(shown)}?`] }),
    });
  }

  /** Where else the name is declared: the most plausible place, then the nearest. */
  private elsewhere(use: UnknownUse): Binding | null {
    let best: Binding | null = null;
    let bestRank = 0;
    for (const d of this.scopes.declared(use.name)) {
      if (this.compared++ > COMPARISONS && best) break;
      const place = d.scope === "module" ? 0 : d.owner === use.fn ? 1 : 2;
      const rank = place * 2 ** 32 + Math.abs(d.decl.start - use.span.start);
      if (!best || rank < bestRank) {
        best = d;
        bestRank = rank;
      }
    }
    return best;
  }

  /** The visible name that was probably meant. Of equally near ones the one declared nearest. */
  private guess(use: UnknownUse): string | null {
    if (use.name.length === 1 || this.compared > COMPARISONS) return null;
    let found: { name: string; d: number; away: number } | null = null;
    const limit = reach(use.name);
    for (const { name, symbol, decl } of this.scopes.visible()) {
      this.compared++;
      if (!plausible(use, symbol)) continue;
      const d = distance(use.name, name, found ? found.d : limit);
      const away = Math.abs(decl.start - use.span.start);
      if (d <= limit && (!found || d < found.d || (d === found.d && away < found.away))) found = { name, d, away };
    }
    if (found || use.use !== "callee") return found?.name ?? null;
    return nearest(use.name, BUILTINS);
  }
}

/** Whether the declaration could stand where the unknown name does. */
function plausible(use: UnknownUse, symbol: Known): boolean {
  switch (use.use) {
    case "base":
      return symbol.kind !== "fn";
    case "callee":
      return symbol.kind === "fn" || (symbol.kind === "var" && symbol.role === "param");
    case "target":
      return symbol.kind === "var" && symbol.mutable;
    case "value":
      return symbol.kind === "var";
  }
}

/** A label as written: its text may or may not hold the quote. */
const quoted = (label: string): string => `\`${label.startsWith("'") ? label : `'${label}`}\``;

function unknown(use: UnknownUse, guess: string | null): Diagnostic {
  const base = { code: "E1010", span: use.span } as const;
  if (use.ownInitialiser) {
    return {
      ...base,
      label: `\`${use.name}\` has no value before this statement`,
      notes: ["A name cannot be used in its own first value."],
    };
  }
  const what = { callee: "function", base: "variable, type or module", value: "variable", target: "variable" }[use.use];
  const label = `there is no ${what} \`${use.name}\``;
  if (guess === null) {
    return use.use === "target"
      ? { ...base, label, help: [`declare it first: \`mut ${use.name} = ...\``] }
      : { ...base, label };
  }
  return {
    ...base,
    label,
    help: [`did you mean \`${guess}\`?`],
    fixes: [{ title: `write \`${guess}\``, edits: [{ span: use.span, text: guess }] }],
  };
}

/** Whether the function is `inner` or one around it; null is the module, which is around all. */
function isAround(fn: FnSymbol | null, inner: FnSymbol | null): boolean {
  if (fn === null) return true;
  for (let at = inner; at; at = at.owner) if (at === fn) return true;
  return false;
}

/** Whether a `use` binds the name. */
const isImported = ({ symbol, decl }: Binding): boolean =>
  symbol.kind === "module" || symbol.kind === "missing" || decl !== symbol.decl;

/** A type or an import is visible in the whole file below its declaration: so this stands above it. */
function above(use: UnknownUse, d: Binding): Diagnostic {
  const imported = isImported(d);
  return {
    code: "E1012",
    span: use.span,
    label: `\`${use.name}\` is ${imported ? "imported" : "declared"} further down`,
    labels: [{ span: d.decl, text: imported ? "imported here" : "declared here" }],
    help: [imported ? "move the `use` above this" : "move the declaration above this"],
    ...(imported ? {} : { notes: [ABOVE] }),
  };
}

/** A name of a block or a function that the use is not in; or of one that it is in, but further down. */
function notVisible(use: UnknownUse, d: Binding): Diagnostic {
  const { symbol } = d;
  if (symbol.kind === "struct" || symbol.kind === "enum" || isImported(d)) return above(use, d);
  // What an `if` or a `while` declares may belong to the code around it (core 8.2).
  if (d.decl.start > use.span.start && encloses(homeOf(d.within), use.scope))
    return {
      code: "E1012",
      span: use.span,
      label: `\`${use.name}\` is declared further down`,
      labels: [{ span: d.decl, text: "declared here" }],
      help: ["move the declaration above this"],
      notes: ["Only functions can be used above their declaration."],
    };
  const reachable = isAround(d.owner, use.fn);
  return {
    code: "E1012",
    span: use.span,
    label: `\`${use.name}\` is not visible here`,
    labels: [{ span: d.decl, text: `only exists inside ${reachable ? inside(d) : functionOf(d)}` }],
    help: [reachable ? before(use, d) : handOver(use, d)],
  };
}

/** Where a name exists, as a label at its declaration says it. */
function inside(d: Binding): string {
  switch (d.scope) {
    case "if":
      return "this branch of the `if`";
    case "for":
    case "while":
      return `this \`${d.scope}\` loop`;
    case "try":
    case "catch":
      return `this \`${d.scope}\` block`;
    case "match":
      return "this arm of the `match`";
    case "block":
      return "this block";
    case "function":
      return functionOf(d);
    case "module":
      return "this module";
  }
}

const functionOf = ({ owner }: Binding): string => (owner?.name ? `the function \`${owner.name}\`` : "this function");

/** The help where a declaration outside of the block would be visible. */
function before(use: UnknownUse, d: Binding): string {
  if (d.symbol.kind === "fn") return "declare the function outside the block";
  const example = `\`mut ${use.name} = ...\``;
  if (use.span.start < d.decl.start) return `declare it above this: ${example}`;
  const start = d.scope === "catch" ? "`try`" : d.scope === "block" ? "block" : `\`${d.scope}\``;
  // The name of a loop variable, a caught error or a value of a variant stands before the block.
  const { block } = d.within;
  return block && d.decl.start < block.span.start
    ? `keep the value in a variable that is declared before the ${start}`
    : `declare it before the ${start}: ${example}`;
}

/** The help where the name belongs to a function that the use is not in. */
function handOver(use: UnknownUse, d: Binding): string {
  const fn = d.owner?.name ? `\`${d.owner.name}\`` : "the function";
  if (d.symbol.kind === "fn") return `declare it outside ${fn}`;
  return use.fn === null ? `return it from ${fn}` : "pass it as an argument, or return it";
}
