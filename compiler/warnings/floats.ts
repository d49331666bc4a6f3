/**
 * W0008: `==`, `!=` between floats of which one was computed by `+ - * /`: rounding makes the answer a matter of luck.
 * A variable counts as computed if any value that it is given is. Nothing is said about literals and unchanged values, about
 * a comparison with zero (a test before a division, or for a remainder) or with a constant that is infinite, about `x != x`,
 * the test for NaN, and about constants that are equal.
 */

import type { VarSymbol } from "../analysis/symbols.js";
import { isNamed } from "../analysis/types.js";
import type { Constant } from "../bytecode/chunk.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { bare } from "../infer/bare.js";
import type { BinaryExpr, Expr } from "../syntax/ast.js";
import type { Facts } from "./facts.js";
import { folded } from "./folded.js";
import type { Rule } from "./rule.js";
import { walk } from "./walk.js";

type Known = ReadonlyMap<VarSymbol, Constant>;

export const floatEquality: Rule = {
  formal: false,
  find: ({ checked, facts }) => {
    const found: Diagnostic[] = [];
    const rounded = roundedVariables(facts);
    const known = constants(facts);
    walk(checked.module.body, {
      expression(e) {
        if (e.kind === "binary" && isDoubtful(e, rounded, known)) found.push(doubtful(e));
        return undefined;
      },
    });
    return found;
  },
};

const isFloat = (e: Expr): boolean => e.type !== undefined && isNamed(e.type, "f64");
const isZero = (e: Expr): boolean => {
  const inner = bare(e);
  return (inner.kind === "float" && inner.value === 0) || (inner.kind === "int" && inner.value === 0n);
};

function isDoubtful(e: BinaryExpr, rounded: ReadonlySet<VarSymbol>, known: Known): boolean {
  if (e.op !== "==" && e.op !== "!=" && e.op !== "matches") return false;
  if (!isFloat(e.left) || !isFloat(e.right) || isZero(e.left) || isZero(e.right)) return false;
  const [left, right] = [bare(e.left), bare(e.right)];
  if (left.kind === "name" && right.kind === "name" && left.symbol === right.symbol) return false;
  if (!isRounded(left, rounded) && !isRounded(right, rounded)) return false;
  const [a, b] = [folded(left, known), folded(right, known)].map((c) => (c?.type === "f64" ? c.value : null));
  return a !== b ? [a, b].every((v) => v === null || Number.isFinite(v)) : a === null;
}

/** Whether the value comes out of an operation that rounds. `%` is exact, and so are signs and conversions. */
function isRounded(top: Expr, rounded: ReadonlySet<VarSymbol>): boolean {
  const stack: Expr[] = [top];
  for (let e = stack.pop(); e; e = stack.pop()) {
    if (e.kind === "paren") stack.push(e.inner);
    else if (e.kind === "unary") stack.push(e.operand);
    else if (e.kind === "cond") stack.push(e.then, e.otherwise);
    else if (e.kind === "name" && e.symbol?.kind === "var" && rounded.has(e.symbol)) return true;
    else if (e.kind === "binary" && isFloat(e) && e.op !== "%") return true;
  }
  return false;
}

/** Float variables that have one value, which is constant. */
function constants(facts: Facts): Known {
  const known = new Map<VarSymbol, Constant>();
  for (const { symbol } of facts.variables) {
    const [given, more] = facts.values.get(symbol) ?? [];
    if (!given || more || !isNamed(symbol.type, "f64")) continue;
    const value = folded(given.value, known);
    if (value) known.set(symbol, value);
  }
  return known;
}

/** Variables that are ever given a rounded value; through other variables too. */
function roundedVariables(facts: Facts): Set<VarSymbol> {
  const rounded = new Set<VarSymbol>();
  const floats = [...facts.values].filter(([symbol]) => isNamed(symbol.type, "f64"));
  for (let before = -1; before < rounded.size; ) {
    before = rounded.size;
    for (const [symbol, given] of floats)
      if (given.some(({ value, compound }) => compound || isRounded(value, rounded))) rounded.add(symbol);
  }
  return rounded;
}

const doubtful = (e: BinaryExpr): Diagnostic => ({
  code: "W0008",
  span: e.opSpan,
  label: "computed floats are rarely equal to the last digit",
  labels: [
    { span: e.left.span, text: "an `f64`" },
    { span: e.right.span, text: "an `f64`" },
  ],
  help: ["test whether the difference of the two is small"],
  notes: ["Each operation rounds: `0.1 + 0.2` is not `0.3`."],
});
