/**
 * W0006: operations on constants that fail each time they are executed: division by zero, results that do not fit their
 * type, casts without a result, a step of zero, an index outside of a literal. Known are literals, `NAME := ...` constants, and what is computed from
 * them. Inside `try` nothing is said: there the failure is expected.
 */

import type { VarSymbol } from "../analysis/symbols.js";
import { isInteger, isNumeric, type Type, typeName } from "../analysis/types.js";
import type { Constant } from "../bytecode/chunk.js";
import { binary } from "../bytecode/fold.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { bare } from "../infer/bare.js";
import type { Span } from "../source/span.js";
import type { BinaryExpr, DestructureStmt, Expr, IndexExpr } from "../syntax/ast.js";
import { folded } from "./folded.js";
import type { Rule, Subject } from "./rule.js";
import { isBlock, operandsOf, walk } from "./walk.js";

/** An operation that must fail. */
export interface Failure {
  /** Null for those of statements (`x /= 0`). */
  readonly expr: Expr | null;
  readonly span: Span;
  readonly label: string;
  readonly help: readonly string[];
  /** Whether an enclosing `try` expects it. */
  readonly guarded: boolean;
}

export const failing: Rule = {
  formal: false,
  find: (subject) =>
    failures(subject)
      .filter((f) => !f.guarded)
      .map(
        ({ span, label, help }): Diagnostic => ({
          ...{ code: "W0006", span, label, notes: ["It fails when it is executed."] },
          ...(help.length > 0 ? { help } : {}),
        }),
      ),
};

type Known = Map<VarSymbol, Constant>;

/** All such operations, in source order of their statements. */
export function failures({ checked }: Subject): Failure[] {
  const found: Failure[] = [];
  const known: Known = new Map();
  let guarded = 0;
  const outer: number[] = [];
  const seen = new Set<Expr>();
  const idle = new Set<Expr>();
  const add = (expr: Expr | null, span: Span, label: string | null, help: readonly string[] = []): void => {
    if (label !== null) found.push({ expr, span, label, help, guarded: guarded > 0 });
  };
  walk(checked.module.body, {
    statement(s) {
      if (s.kind === "fn") outer.push(guarded);
      if (s.kind === "fn") guarded = 0;
      if (s.kind === "compound" && s.symbol && !s.place)
        add(null, s.opSpan, byZero(s.op, s.symbol.type, folded(s.value, known)));
      else if (s.kind === "for" && s.step && isZero(folded(s.step, known))) add(null, s.step.span, "the step is zero");
      else if (s.kind === "destructure") add(null, s.value.span, tooShort(s), fillHelp(s.value));
      return undefined;
    },
    left(s) {
      if (s.kind === "fn") guarded = outer.pop()!;
      if (s.kind !== "bind" || !s.constant) return;
      const value = folded(s.value, known);
      const symbol = s.targets[0]?.symbol;
      if (value && symbol) known.set(symbol, value);
    },
    expression(e) {
      // The first node of an expression stands for all of it; what comes after that are blocks inside.
      if (idle.has(e)) return false;
      if (!seen.has(e)) operations(e, known, seen, idle, add);
      return undefined;
    },
    enter(block, owner) {
      if (owner.kind === "try" && block === owner.body) guarded++;
      return true;
    },
    leave(block, owner) {
      if (owner.kind === "try" && block === owner.body) guarded--;
    },
  });
  return found;
}

/**
 * The failing operations of one expression. Values are found from the leaves up, each node once; an operation on
 * something that fails already has no value and is not reported. Nodes go to `seen`, parts that never run to `idle`.
 */
function operations(
  top: Expr,
  known: Known,
  seen: Set<Expr>,
  idle: Set<Expr>,
  add: (e: Expr, span: Span, label: string, help?: readonly string[]) => void,
): void {
  // A leaf alone cannot fail; most expressions are one.
  if (operandsOf(top).length === 0) return;
  const order: Expr[] = [];
  const stack: Expr[] = [top];
  for (let e = stack.pop(); e; e = stack.pop()) {
    order.push(e);
    seen.add(e);
    const skipped = unexecuted(e);
    if (skipped) idle.add(skipped);
    for (const part of operandsOf(e)) if (!isBlock(part) && part !== skipped) stack.push(part);
  }
  const values = new Map<Expr, Constant | null>();
  for (let i = order.length - 1; i >= 0; i--) {
    const e = order[i]!;
    values.set(e, constantOf(e, values, known));
    const label = failure(e, values);
    if (label !== null) add(e, placeOf(e), label, e.kind === "index" ? fillHelp(e.object) : []);
  }
}

/** The operand that a literal keeps from being executed: `false and ...`. */
function unexecuted(e: Expr): Expr | null {
  if (e.kind !== "logic" && e.kind !== "cond") return null;
  const decides = bare(e.kind === "cond" ? e.cond : e.left);
  if (decides.kind !== "bool") return null;
  if (e.kind === "cond") return decides.value ? e.otherwise : e.then;
  return decides.value === (e.op === "or") ? e.right : null;
}

type Values = ReadonlyMap<Expr, Constant | null>;

function constantOf(e: Expr, values: Values, known: Known): Constant | null {
  switch (e.kind) {
    case "paren":
      return values.get(e.inner) ?? null;
    case "binary": {
      const left = values.get(e.left);
      const right = values.get(e.right);
      return left && right ? binary(e.op, left, right) : null;
    }
    case "unary":
      // A literal and its sign are one: the literal alone may have no value.
      return bare(e.operand).kind === "int" || values.get(e.operand) ? folded(e, known) : null;
    case "cast":
      return values.get(e.operand) ? folded(e, known) : null;
    case "int":
    case "float":
    case "string":
    case "bool":
    case "name":
      return folded(e, known);
    default:
      return null;
  }
}

/** Why the operation fails; null if it does not, or if that is not known. */
function failure(e: Expr, values: Values): string | null {
  if (e.kind === "binary") {
    const zero = byZero(e.op, e.type, values.get(e.right) ?? null);
    if (zero !== null) return zero;
    return e.type && isInteger(e.type) && isArithmetic(e) && hasBoth(e, values) && !values.get(e)
      ? `this does not fit \`${typeName(e.type)}\``
      : null;
  }
  if (e.kind === "unary") {
    const fails = e.op === "-" && e.type && isInteger(e.type) && values.get(e.operand) && !values.get(e);
    return fails && bare(e.operand).kind !== "int" ? `this does not fit \`${typeName(e.type!)}\`` : null;
  }
  if (e.kind === "index") return outside(e, values);
  if (e.kind === "cast") {
    const from = values.get(e.operand);
    const fails = from && from.type !== "ref" && e.type && isInteger(e.type) && !values.get(e);
    return fails ? `this value does not fit \`${typeName(e.type!)}\`` : null;
  }
  return null;
}

/** What fails: the operator, the index, or all of a cast. */
const placeOf = (e: Expr): Span => (e.kind === "index" ? e.index.span : "opSpan" in e ? e.opSpan : e.span);

/** An index that the literal before it does not have. */
function outside(e: IndexExpr, values: Values): string | null {
  const index = values.get(e.index);
  const length = lengthOf(bare(e.object));
  if (!index || index.type === "ref" || index.type === "f64" || length === null) return null;
  const at = Number(index.value);
  if (at >= 0 && at < length) return null;
  return at < 0 ? "an index cannot be negative" : `the index is ${at}, the length ${length}`;
}

/** The number of elements of a literal; null if it is none, or a fill whose count is a name. */
function lengthOf(e: Expr): number | null {
  if (e.kind === "string") return new TextEncoder().encode(e.text).length;
  if (e.kind !== "array") return null;
  if (e.fill !== true) return e.items.length;
  const count = bare(e.items[1]!);
  return count.kind === "int" ? Number(count.value) : null;
}

/** Why a literal has not the elements that a pattern takes; null if it has. */
function tooShort(s: DestructureStmt): string | null {
  const length = lengthOf(bare(s.value));
  const wanted = s.pattern.targets.length;
  return length === null || length >= wanted ? null : `the pattern takes ${wanted} elements, this has ${length}`;
}
/** What is said of a fill: it may have been meant as a list. */
function fillHelp(e: Expr): string[] {
  const literal = bare(e);
  if (literal.kind !== "array" || literal.fill !== true) return [];
  return [
    "a value and a whole number in brackets are that many times the value; a comma after the number makes a list",
  ];
}

const hasBoth = (e: BinaryExpr, values: Values): boolean => !!values.get(e.left) && !!values.get(e.right);
const isArithmetic = ({ op }: BinaryExpr): boolean =>
  op === "+" || op === "-" || op === "*" || op === "/" || op === "%";

function byZero(op: string, type: Type | undefined, right: Constant | null): string | null {
  if ((op !== "/" && op !== "%") || !type || !isNumeric(type) || !isZero(right)) return null;
  return op === "/" ? "the divisor is zero" : "the remainder by zero has no value";
}
const isZero = (c: Constant | null): boolean => c !== null && c.type !== "ref" && Number(c.value) === 0;
