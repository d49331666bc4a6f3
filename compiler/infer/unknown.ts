/**
 * Names that mean nothing where they stand. They are collected during the walk and reported at its end, because only
 * then it is known whether the name is declared somewhere else (E1012) or nowhere (E1010). A name is reported once per
 * function.
 */

import type { FnSymbol } from "../analysis/symbols.js";
import type { Diagnostic, Sink } from "../diagnostics/diagnostic.js";
import { distance, nearest, reach } from "../diagnostics/suggest.js";
import type { Span } from "../source/span.js";
import type { Name } from "../syntax/ast.js";
import type { Declared, Scopes } from "./scopes.js";
import type { Known } from "./symbols.js";
import { ABOVE } from "./type-names.js";

export interface UnknownUse {
  readonly name: string;
  readonly span: Span;
  /** `base`: before a dot. */
  readonly use: "value" | "callee" | "target" | "base";
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
  private elsewhere(use: UnknownUse): Declared | null {
    let best: Declared | null = null;
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

function inside(d: Declared): string {
  if (d.scope === "function") return "its function";
  if (d.scope === "block") return "its block";
  return `a block of ${d.scope === "if" ? "an" : "a"} \`${d.scope}\``;
}

/** Whether the function is `inner` or one around it. */
function isAround(fn: FnSymbol | null, inner: FnSymbol | null): boolean {
  for (let at = inner; at; at = at.owner) if (at === fn) return true;
  return fn === null && inner === null;
}

/** Whether a `use` binds the name. */
const isImported = ({ symbol, decl }: Declared): boolean =>
  symbol.kind === "module" || symbol.kind === "missing" || decl !== symbol.decl;

/** A type or an import is visible in the whole file below its declaration: so this stands above it. */
function above(use: UnknownUse, d: Declared): Diagnostic {
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

function notVisible(use: UnknownUse, d: Declared): Diagnostic {
  const { symbol } = d;
  // Declarations of the same code further down would be visible if they stood earlier.
  const later =
    d.decl.start > use.span.start && symbol.kind === "var" && (d.scope === "module" || isAround(d.owner, use.fn));
  if (symbol.kind === "struct" || symbol.kind === "enum" || isImported(d)) return above(use, d);
  const where =
    symbol.kind === "var" && symbol.role === "loop"
      ? "only exists inside its loop"
      : d.owner !== use.fn && d.owner !== null
        ? `only exists inside the function \`${d.owner.name}\``
        : `only exists inside ${inside(d)}`;
  return {
    code: "E1012",
    span: use.span,
    label: later ? `\`${use.name}\` is declared later` : `\`${use.name}\` is not visible here`,
    labels: [{ span: d.decl, text: later ? "declared here" : where }],
    help: [
      later
        ? "move the declaration above this"
        : symbol.kind === "fn"
          ? "declare the function outside the block"
          : d.owner === use.fn
            ? `declare it before the block: \`mut ${use.name} = ...\``
            : "pass it as an argument, or return it",
    ],
    ...(later ? { notes: ["Only functions can be used above their declaration."] } : {}),
  };
}
