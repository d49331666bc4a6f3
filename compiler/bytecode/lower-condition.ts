/**
 * Lowering of comparisons and conditions. A condition becomes control flow (`branch`): comparisons are fused
 * compare-and-branch instructions, `and` and `or` are jumps. Chains of them are walked, not recursed into.
 */

import { childrenOf } from "../analysis/children.js";
import type { Rep } from "../analysis/types.js";
import { prune } from "../infer/types.js";
import { ANY_ORDER } from "../layout/immediates.js";
import type { BinaryExpr, BinaryOp, Expr, LogicExpr } from "../syntax/ast.js";
import type { Constant } from "./chunk.js";
import { type Ins, Label, type Register } from "./code.js";
import { boolean, exactly } from "./fold.js";
import { Lowering, stripped, upper, wide } from "./lower-base.js";
import type { OpName } from "./ops.js";

const NEGATED: Record<string, BinaryOp> = { "==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<" };
const SWAPPED: Record<string, BinaryOp> = { "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
const COMPARE: Record<string, string> = {
  "==": "EQ",
  "!=": "NE",
  "<": "LT",
  "<=": "LE",
  ">": "GT",
  ">=": "GE",
  matches: "EQ",
};
export const isCompare = (op: string): boolean => op in COMPARE;

/** Two registers of one representation. */
interface Sides {
  readonly op: BinaryOp;
  readonly rep: Rep;
  readonly a: Register;
  readonly b: Register;
}
const isNumber = (rep: Rep): boolean => rep !== "bool" && rep !== "ref" && rep !== "any";
/** A whole number without a suffix. */
function isPlainLiteral(e: Expr): boolean {
  let x = stripped(e);
  while (x.kind === "unary" && x.op === "-") x = stripped(x.operand);
  return x.kind === "int" && x.suffix === null;
}
/** Of a type that stands for all types. */
const isOpen = (e: Expr): boolean => e.type !== undefined && ["param", "var"].includes(prune(e.type).kind);
const isString = (e: Expr): boolean => e.type?.kind === "prim" && e.type.name === "string";

export abstract class ConditionLowering extends Lowering {
  /** The value as an `any`. */
  protected abstract wrapped(value: Register, rep: Rep): Register;
  /** `x matches E.V(...)` with `_` in the parentheses. */
  protected abstract isPattern(e: BinaryExpr): boolean;
  protected abstract branchPattern(e: BinaryExpr, label: Label, when: boolean): void;
  /** The value of an operand that is evaluated before another one, which may assign to variables. */
  protected first(e: Expr, later: Expr): Register {
    const r = this.value(e);
    if (stripped(e).kind !== "name" || !mayAssign(later)) return r;
    return this.into(this.temp(this.rep(e)), r);
  }

  /** Brings both sides to one representation; `op` may change. The result is compared as `rep`. */
  private sides(e: BinaryExpr): Sides | { op: BinaryOp; order: Register } | { op: BinaryOp; never: true } {
    const op: BinaryOp = e.op === "matches" ? "==" : e.op;
    const unlike = this.unlike(e);
    const { l, r, left, right } = unlike ? { ...unlike, left: null, right: null } : this.operands(e);
    const a = left ? this.load(left) : this.first(e.left, e.right);
    const b = right ? this.load(right) : this.value(e.right);
    if (l === r) return { op, rep: l, a, b };
    if (l === "any" || r === "any") return { op, rep: "any", a: this.wrapped(a, l), b: this.wrapped(b, r) };
    if (unlike) return { op, never: true };
    // A reference and a number, in a function for all types: they are never equal.
    if (l === "ref" || r === "ref") return { op, never: true };
    const small = (x: Rep): boolean => x === "i32" || x === "u32";
    const to = (reg: Register, from: Rep, rep: Rep): Register => {
      if (from === rep || (wide(from) && wide(rep))) return reg;
      const t = this.temp(rep);
      this.code.emit(`${upper(from)}_TO_${wide(rep) ? "I64" : "F64"}` as OpName, [t, reg]);
      return t;
    };
    if (small(l) && small(r)) return { op, rep: "i64", a: to(a, l, "i64"), b: to(b, r, "i64") };
    if (l === "f64" && small(r)) return { op, rep: "f64", a, b: to(b, r, "f64") };
    if (r === "f64" && small(l)) return { op, rep: "f64", a: to(a, l, "f64"), b };
    if ((l === "i64" && small(r)) || (r === "i64" && small(l)))
      return { op, rep: "i64", a: to(a, l, "i64"), b: to(b, r, "i64") };
    if ((l === "u64" && r === "u32") || (r === "u64" && l === "u32"))
      return { op, rep: "u64", a: to(a, l, "u64"), b: to(b, r, "u64") };
    // What is left: i32 or i64 with u64, i64 or u64 with f64.
    const swap = l === "f64" || (l === "u64" && r !== "f64");
    const [x, y, from] = swap ? [b, a, r] : [a, b, l];
    const against = swap ? l : r;
    const order = this.temp("i32");
    if (against === "f64") this.code.emit(from === "i64" ? "CMP_I64_F64" : "CMP_U64_F64", [order, x, y]);
    else this.code.emit("CMP_I64_U64", [order, to(x, from, "i64"), y]);
    return { op: swap ? SWAPPED[op]! : op, order };
  }
  /**
   * Both sides of an equality in a function for all types, where they are of different representations: values of types that are
   * known when the program runs only are not equal if the types differ (core 12). A literal without a suffix has no type of its own:
   * beside a number it is that number's (core 6), so `b == 0` ends a `gcd` of every type.
   */
  private unlike(e: BinaryExpr): { l: Rep; r: Rep } | null {
    if (e.op !== "==" && e.op !== "!=" && e.op !== "matches") return null;
    const [l, r] = [this.rep(e.left), this.rep(e.right)];
    if (l === r || !(isOpen(e.left) || isOpen(e.right))) return null;
    if ((isNumber(l) && isPlainLiteral(e.right)) || (isNumber(r) && isPlainLiteral(e.left))) return null;
    return { l, r };
  }
  /**
   * Types and known values of both sides. A bool counts as 0 or 1 beside a number; a known value takes the other side's
   * type if that has it.
   */
  private operands(e: BinaryExpr): { l: Rep; r: Rep; left: Constant | null; right: Constant | null } {
    const comparable = (x: Expr): Rep => (this.rep(x) === "bool" ? "i32" : this.rep(x));
    let [l, r] = [comparable(e.left), comparable(e.right)];
    let right = this.fold(e.right);
    let left = right ? null : this.fold(e.left);
    if (l !== r) {
      const [rightAsL, leftAsR] = [right && exactly(right, l), left && exactly(left, r)];
      if (rightAsL) [right, r] = [rightAsL, l];
      else if (leftAsR) [left, l] = [leftAsR, r];
    }
    return { l, r, left, right };
  }

  protected compareValue(e: BinaryExpr, target?: Register): Register {
    const s = this.sides(e);
    if ("never" in s) return this.load(boolean(s.op === "!="), target);
    if ("order" in s) return this.truthOf((label) => this.branchOrder(s.op, s.order, label, false), target);
    const to = target ?? this.temp("bool");
    this.comparison(e, s, to);
    return to;
  }
  /** The instruction that compares two registers. */
  private comparison(e: BinaryExpr, s: Sides, to: Register): void {
    const span = { start: e.opSpan.start, end: e.opSpan.end, operands: [] };
    const equality = s.op === "==" || s.op === "!=";
    if (s.rep === "any" || (s.rep === "ref" && equality && !(isString(e.left) && isString(e.right)))) {
      if (!equality) {
        this.code.emit("ANY_ORDER", [to, s.a, s.b, ANY_ORDER[COMPARE[s.op] as keyof typeof ANY_ORDER]], span);
        return;
      }
      const equal = s.op === "==" ? to : this.temp("bool");
      this.code.emit(s.rep === "any" ? "ANY_EQ" : "EQ_VALUE", [equal, s.a, s.b], span);
      if (s.op === "!=") this.code.emit("NOT", [to, equal]);
      return;
    }
    const swap = s.op === ">" || s.op === ">=";
    const op = swap ? SWAPPED[s.op]! : s.op;
    const type = s.rep === "ref" ? "STRING" : upper(s.rep);
    const name = `${COMPARE[op]}_${type}` as OpName;
    this.code.emit(name, swap ? [to, s.b, s.a] : [to, s.a, s.b], s.rep === "ref" ? span : null);
  }

  /** Jumps on an order of -1, 0, 1, or 2 (unordered). */
  private branchOrder(op: BinaryOp, order: Register, label: Label, when: boolean): void {
    const test = (yes: OpName, no: OpName, n: number): Ins => this.code.emit(when ? yes : no, [order, n, label]);
    switch (op) {
      case "==":
        test("JUMP_EQ_I32_IMM", "JUMP_NE_I32_IMM", 0);
        return;
      case "!=":
        test("JUMP_NE_I32_IMM", "JUMP_EQ_I32_IMM", 0);
        return;
      case "<":
        test("JUMP_LT_I32_IMM", "JUMP_GE_I32_IMM", 0);
        return;
      case "<=":
        test("JUMP_LE_I32_IMM", "JUMP_GT_I32_IMM", 0);
        return;
      case ">":
        test("JUMP_EQ_I32_IMM", "JUMP_NE_I32_IMM", 1);
        return;
      default:
        test("JUMP_LT_U32_IMM", "JUMP_GE_U32_IMM", 2);
        return;
    }
  }

  /** Jumps to `label` if the condition is `when`; falls through otherwise. */
  branch(e: Expr, label: Label, when: boolean): void {
    if (e.convert) {
      this.code.emit(when ? "JUMP_IF" : "JUMP_IF_NOT", [this.value(e), label]);
      return;
    }
    const constant = this.fold(e);
    if (constant) {
      if ((constant as { value: number }).value === (when ? 1 : 0)) this.code.emit("JUMP", [label]);
      return;
    }
    if (e.kind === "paren") return this.branch(e.inner, label, when);
    if (e.kind === "unary" && e.op === "not") return this.branch(e.operand, label, !when);
    if (e.kind === "logic") return this.branchLogic(e, label, when);
    if (e.kind === "binary" && this.isPattern(e)) return this.branchPattern(e, label, when);
    if (e.kind === "binary" && isCompare(e.op)) return this.branchCompare(e, label, when);
    const r = this.value(e);
    this.code.emit(when ? "JUMP_IF" : "JUMP_IF_NOT", [r, label]);
  }

  private branchLogic(e: LogicExpr, label: Label, when: boolean): void {
    const operands: Expr[] = [];
    let left: Expr = e;
    while (left.kind === "logic" && left.op === e.op) {
      operands.push(left.right);
      left = left.left;
    }
    operands.push(left);
    operands.reverse();
    // `or` decides when an operand is true, `and` when one is false.
    const decides = e.op === "or";
    const end = new Label();
    operands.forEach((operand, i) => {
      if (decides === when) this.branch(operand, label, when);
      else if (i < operands.length - 1) this.branch(operand, end, decides);
      else this.branch(operand, label, when);
    });
    this.code.place(end);
  }

  private branchCompare(e: BinaryExpr, label: Label, when: boolean): void {
    if (this.branchImmediate(e, label, when)) return;
    const s = this.sides(e);
    this.code.at(e.opSpan.start);
    if ("never" in s) {
      if ((s.op === "!=") === when) this.code.emit("JUMP", [label]);
      return;
    }
    if ("order" in s) return this.branchOrder(s.op, s.order, label, when);
    if (s.rep === "ref" || s.rep === "any") {
      const t = this.temp("bool");
      this.comparison(e, s, t);
      this.code.emit(when ? "JUMP_IF" : "JUMP_IF_NOT", [t, label]);
      return;
    }
    let { op, a, b } = s;
    if (!when && s.rep !== "f64") op = NEGATED[op]!;
    if (op === ">" || op === ">=") [op, a, b] = [SWAPPED[op]!, b, a];
    // Of floats, only the equalities have an opposite: not (a < b) is true for NaN.
    const name = when || s.rep !== "f64" ? COMPARE[op]! : op === "==" ? "NE" : op === "!=" ? "EQ" : `N${COMPARE[op]!}`;
    this.code.emit(`JUMP_${name}_${upper(s.rep)}` as OpName, [a, b, label]);
  }

  /** Compares with a small constant in the instruction itself. */
  private branchImmediate(e: BinaryExpr, label: Label, when: boolean): boolean {
    if (this.unlike(e)) return false;
    const { l: rep, r: other, left, right } = this.operands(e);
    const k = right ?? left;
    if (!k || rep !== other || rep === "f64" || rep === "ref" || rep === "any") return false;
    const n = Number((k as { value: number | bigint }).value);
    if (rep[0] === "u" ? n > 65535 : n < -32768 || n > 32767) return false;
    let op: BinaryOp = e.op === "matches" ? "==" : e.op;
    if (left) op = SWAPPED[op]!;
    if (!when) op = NEGATED[op]!;
    const r = this.value(right ? e.left : e.right);
    this.code.at(e.opSpan.start);
    this.code.emit(`JUMP_${COMPARE[op]}_${upper(rep)}_IMM` as OpName, [r, n, label]);
    return true;
  }

  /** A bool from control flow: `jumpIfFalse` must jump to the label when the value is false. */
  private truthOf(jumpIfFalse: (label: Label) => void, target?: Register): Register {
    const to = target ?? this.temp("bool");
    const no = new Label();
    const end = new Label();
    jumpIfFalse(no);
    this.load(boolean(true), to);
    this.code.emit("JUMP", [end]);
    this.code.place(no);
    this.load(boolean(false), to);
    this.code.place(end);
    return to;
  }
  protected truth(e: LogicExpr | BinaryExpr, target?: Register): Register {
    return this.truthOf((label) => this.branch(e, label, false), target);
  }
}

/** Whether evaluating it runs statements of this function, which may assign to its variables. */
export function mayAssign(e: Expr): boolean {
  const work: Expr[] = [e];
  for (let x = work.pop(); x; x = work.pop()) {
    if (x.kind === "block" || x.kind === "match") return true;
    childrenOf(x, work);
  }
  return false;
}
