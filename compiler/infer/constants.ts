/** Integer constants that array lengths and fills may name (core 7, types 7.2). */
import type { VarSymbol } from "../analysis/symbols.js";
import type { Expr, TypeNode } from "../syntax/ast.js";
import { bare } from "./bare.js";

const INTEGERS = new Set(["i32", "i64", "u32", "u64"]);

/** The value that a declaration gives a constant of an integer type; null if that is not known before the program runs. */
export function constantOf(value: Expr, annotation: TypeNode | null): VarSymbol["constant"] | null {
  if (annotation && !(annotation.kind === "named" && INTEGERS.has(annotation.name))) return null;
  const known = evaluate(value);
  return known === null ? null : { value: known, literal: value.kind === "int" };
}

/** The value of literals, constants and arithmetic on them. */
function evaluate(top: Expr): bigint | null {
  const e = bare(top);
  switch (e.kind) {
    case "int":
      return e.suffix === "f64" ? null : e.value;
    case "name":
      return e.symbol?.kind === "var" ? (e.symbol.constant?.value ?? null) : null;
    case "unary": {
      const inner = e.op === "-" ? evaluate(e.operand) : null;
      return inner === null ? null : -inner;
    }
    case "binary":
      return arithmetic(e);
    default:
      return null;
  }
}

/** A chain of operators, with a loop down its left side. */
function arithmetic(top: Expr): bigint | null {
  const links: (Expr & { kind: "binary" })[] = [];
  let e = bare(top);
  while (e.kind === "binary") {
    links.push(e);
    e = bare(e.left);
  }
  let value = evaluate(e);
  for (let i = links.length - 1; i >= 0 && value !== null; i--) {
    const right = evaluate(links[i]!.right);
    value = right === null ? null : operate(links[i]!.op, value, right);
    // Larger values are no length of anything.
    if (value !== null && (value > 2n ** 64n || value < -(2n ** 64n))) return null;
  }
  return value;
}

function operate(op: string, a: bigint, b: bigint): bigint | null {
  switch (op) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0n ? null : a / b;
    case "%":
      return b === 0n ? null : a % b;
    default:
      return null;
  }
}
