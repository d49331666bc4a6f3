/**
 * Lowering of expressions. Every function takes an optional target register; the value's last instruction writes it
 * directly, so `x = a + b` is one instruction. Nothing writes the target before every operand was read, because the
 * target may be a variable that the expression mentions.
 *
 * Conditions are lowered as control flow (`branch`): comparisons become fused compare-and-branch instructions, `and` and
 * `or` become jumps. Chains that lean to the left (a + b + c …) are walked, not recursed into.
 */
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import { type Rep, repOf, typeName } from "../analysis/types.js";
import { parameterRegisters } from "../layout/frame.js";
import type { BinaryExpr, BinaryOp, CallExpr, CastExpr, CondExpr, Expr, LogicExpr, UnaryExpr } from "../syntax/ast.js";
import type { Pool } from "./assemble.js";
import type { Constant, SpanOperand } from "./chunk.js";
import { FnCode, type Ins, isOut, Label, type Register, type VReg } from "./code.js";
import { boolean, fold } from "./fold.js";
import type { OpName } from "./ops.js";

/** What all functions of a program share while they are lowered. */
export interface ProgramState {
  readonly pool: Pool;
  readonly functionIndex: ReadonlyMap<FnSymbol, number>;
  /** Module variables in the bank: slot, and slot of the flag that says that the declaration has run (-1: not needed). */
  readonly globals: ReadonlyMap<VarSymbol, { readonly slot: number; readonly flag: number }>;
  /** Variables whose value is known before the program runs. */
  readonly known: Map<VarSymbol, Constant>;
}

const NEGATED: Record<string, BinaryOp> = { "==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<" };
const SWAPPED: Record<string, BinaryOp> = { "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
const COMPARE: Record<string, string> = { "==": "EQ", "!=": "NE", "<": "LT", "<=": "LE", ">": "GT", ">=": "GE", matches: "EQ" };
const ARITH: Record<string, string> = { "+": "ADD", "-": "SUB", "*": "MUL", "/": "DIV", "%": "REM" };
type Arith = "+" | "-" | "*" | "/" | "%";

const upper = (rep: Rep): string => rep.toUpperCase();
const wide = (rep: Rep): boolean => rep === "i64" || rep === "u64";
const isCompare = (op: string): boolean => op in COMPARE;
const stripped = (e: Expr): Expr => (e.kind === "paren" ? stripped(e.inner) : e);

export class ExprLowering {
  readonly code = new FnCode();
  readonly variables = new Map<VarSymbol, VReg>();

  constructor(
    protected readonly program: ProgramState,
    /** The function being lowered; null: module-level code. */
    protected readonly fn: FnSymbol | null,
  ) {}

  protected temp(rep: Rep): VReg {
    return this.code.newRegister(rep);
  }
  protected fold(e: Expr): Constant | null {
    return fold(e, this.program.known);
  }

  /** Evaluates into `target`, or anywhere: a variable's own register is answered without a copy. */
  value(e: Expr, target?: Register): Register {
    const constant = this.fold(e);
    if (constant) return this.load(constant, target);
    switch (e.kind) {
      case "paren": return this.value(e.inner, target);
      case "name": return this.read(e.symbol as VarSymbol, e, target);
      case "unary": return this.unary(e, target);
      case "binary": return isCompare(e.op) ? this.compareValue(e, target) : this.chain(e, target);
      case "logic": return this.truth(e, target);
      case "cond": return this.conditional(e, target);
      case "cast": return this.cast(e, target);
      case "call": return this.call(e, target);
      default: throw new Error(`cannot lower ${e.kind}`);
    }
  }

  private into(target: Register | undefined, from: Register): Register {
    if (target === undefined || target === from) return from;
    this.code.emit("MOVE", [target, from]);
    return target;
  }

  load(c: Constant, target?: Register): Register {
    const to = target ?? this.temp(c.type);
    if (c.type !== "ref" && c.type !== "f64") {
      const n = Number(c.value);
      if (n >= -32768 && n <= 32767) {
        this.code.emit(wide(c.type) ? "LOAD_IMM_I64" : "LOAD_IMM_I32", [to, n]);
        return to;
      }
    }
    this.code.emit("LOAD_K", [to, this.program.pool.add(c)]);
    return to;
  }

  private read(symbol: VarSymbol, e: Expr, target?: Register): Register {
    const global = this.program.globals.get(symbol);
    if (!global) return this.into(target, this.variables.get(symbol)!);
    if (global.flag >= 0 && this.fn) {
      const flag = this.temp("bool");
      this.code.emit("LOAD_GLOBAL", [flag, global.flag]);
      this.code.emit("CHECK_VALUE", [flag], { start: e.span.start, end: e.span.end, operands: [this.operand(e)] });
    }
    const to = target ?? this.temp(repOf(symbol.type));
    this.code.emit("LOAD_GLOBAL", [to, global.slot]);
    return to;
  }

  operand(e: Expr): SpanOperand {
    const inner = stripped(e);
    return { start: e.span.start, end: e.span.end, type: repOf(e.type!), name: inner.kind === "name" ? inner.name : null };
  }

  private unary(e: UnaryExpr, target?: Register): Register {
    if (e.op === "not") {
      const from = this.value(e.operand);
      const to = target ?? this.temp("bool");
      this.code.emit("NOT", [to, from]);
      return to;
    }
    const rep = repOf(e.type!);
    const from = this.value(e.operand);
    const to = target ?? this.temp(rep);
    this.code.emit(`NEG_${upper(rep)}` as OpName, [to, from], { start: e.opSpan.start, end: e.opSpan.end, operands: [this.operand(e.operand)] });
    return to;
  }

  /** Arithmetic along the left spine, innermost first. */
  private chain(e: BinaryExpr, target?: Register): Register {
    const spine: BinaryExpr[] = [];
    let left: Expr = e;
    while (left.kind === "binary" && !isCompare(left.op) && this.spineMayFold(left) === null) {
      spine.push(left);
      left = left.left;
    }
    let acc: Register | null = null;
    let accExpr = left;
    for (let i = spine.length - 1; i >= 0; i--) {
      const node = spine[i]!;
      acc = this.arith(node.op as Arith, repOf(node.type!), node.opSpan, acc === null ? accExpr : { register: acc, expr: accExpr }, node.right, i === 0 ? target : undefined);
      accExpr = node;
    }
    return acc!;
  }
  /** Folding every prefix of a long spine again would be quadratic: only short ones are tried. */
  private spineMayFold(e: BinaryExpr): Constant | null {
    let depth = 0;
    for (let left: Expr = e; left.kind === "binary"; left = left.left) if (++depth > 8) return null;
    return this.fold(e);
  }

  /** One arithmetic operation; the left operand may be computed already. */
  arith(op: Arith, rep: Rep, at: { start: number; end: number }, left: Expr | { register: Register; expr: Expr }, right: Expr, target?: Register): Register {
    const leftExpr = "register" in left ? left.expr : left;
    const operands = [this.operand(leftExpr), this.operand(right)];
    const span = { start: at.start, end: at.end, operands };
    const k = rep === "f64" ? null : this.fold(right);
    if (k) {
      const imm = this.immediate(op, rep, k);
      if (imm) {
        const a = "register" in left ? left.register : this.value(left);
        const to = target ?? this.temp(rep);
        this.code.at(at.start);
        this.code.emit(imm.op, [to, a, imm.value], span);
        return to;
      }
    }
    // A constant on the left of + and * may change sides: it has no effects, and both failures are the same.
    const c = rep !== "f64" && !("register" in left) && (op === "+" || op === "*") ? this.fold(left) : null;
    if (c && !k) {
      const imm = this.immediate(op, rep, c);
      if (imm) {
        const b = this.value(right);
        const to = target ?? this.temp(rep);
        this.code.at(at.start);
        this.code.emit(imm.op, [to, b, imm.value], { ...span, operands: [operands[1]!, operands[0]!] });
        return to;
      }
    }
    const a = "register" in left ? left.register : this.value(left);
    const b = this.value(right);
    const to = target ?? this.temp(rep);
    this.code.at(at.start);
    this.code.emit(`${ARITH[op]}_${upper(rep)}` as OpName, [to, a, b], span);
    return to;
  }

  /** The immediate form of `x op k`, if there is one. */
  private immediate(op: Arith, rep: Rep, k: Constant): { op: OpName; value: number } | null {
    if (k.type === "ref" || k.type === "f64" || k.type === "bool") return null;
    let n = Number(k.value);
    let name = ARITH[op]!;
    if (op === "-") {
      n = -n;
      name = "ADD";
    }
    if (n < -128 || n > 127) return null;
    if ((op === "/" || op === "%") && (n === 0 || n === -1)) return null;
    if (rep[0] === "u" && n < 0 && op !== "-") return null;
    return { op: `${name}_${upper(rep)}_IMM` as OpName, value: n };
  }

  // Comparisons.

  /** Brings both sides to one representation; `op` may change. The result is compared as `rep`. */
  private sides(e: BinaryExpr): { op: BinaryOp; rep: Rep; a: Register; b: Register } | { op: BinaryOp; order: Register } {
    const op: BinaryOp = e.op === "matches" ? "==" : e.op;
    const l = this.comparable(repOf(e.left.type!));
    const r = this.comparable(repOf(e.right.type!));
    const a = this.value(e.left);
    const b = this.value(e.right);
    if (l === r) return { op, rep: l, a, b };
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
    if ((l === "i64" && small(r)) || (r === "i64" && small(l))) return { op, rep: "i64", a: to(a, l, "i64"), b: to(b, r, "i64") };
    if ((l === "u64" && r === "u32") || (r === "u64" && l === "u32")) return { op, rep: "u64", a: to(a, l, "u64"), b: to(b, r, "u64") };
    // What is left: i32 or i64 with u64, i64 or u64 with f64.
    const swap = l === "f64" || (l === "u64" && r !== "f64");
    const [x, y, from] = swap ? [b, a, r] : [a, b, l];
    const against = swap ? l : r;
    const order = this.temp("i32");
    if (against === "f64") this.code.emit(from === "i64" ? "CMP_I64_F64" : "CMP_U64_F64", [order, x, y]);
    else this.code.emit("CMP_I64_U64", [order, to(x, from, "i64"), y]);
    return { op: swap ? SWAPPED[op]! : op, order };
  }
  /** A bool counts as 0 or 1 beside a number. */
  private comparable(rep: Rep): Rep {
    return rep === "bool" ? "i32" : rep;
  }

  private compareValue(e: BinaryExpr, target?: Register): Register {
    const s = this.sides(e);
    if ("order" in s) return this.truthOf((label) => this.branchOrder(s.op, s.order, label, false), target);
    const to = target ?? this.temp("bool");
    if (s.rep === "ref") {
      this.code.emit(s.op === "==" ? "EQ_STRING" : "NE_STRING", [to, s.a, s.b]);
      return to;
    }
    const swap = s.op === ">" || s.op === ">=";
    const op = swap ? SWAPPED[s.op]! : s.op;
    this.code.emit(`${COMPARE[op]}_${upper(s.rep)}` as OpName, swap ? [to, s.b, s.a] : [to, s.a, s.b]);
    return to;
  }

  /** Jumps on an order of -1, 0, 1, or 2 (unordered). */
  private branchOrder(op: BinaryOp, order: Register, label: Label, when: boolean): void {
    const test = (yes: OpName, no: OpName, n: number): Ins => this.code.emit(when ? yes : no, [order, n, label]);
    switch (op) {
      case "==": test("JUMP_EQ_I32_IMM", "JUMP_NE_I32_IMM", 0); return;
      case "!=": test("JUMP_NE_I32_IMM", "JUMP_EQ_I32_IMM", 0); return;
      case "<": test("JUMP_LT_I32_IMM", "JUMP_GE_I32_IMM", 0); return;
      case "<=": test("JUMP_LE_I32_IMM", "JUMP_GT_I32_IMM", 0); return;
      case ">": test("JUMP_EQ_I32_IMM", "JUMP_NE_I32_IMM", 1); return;
      default: test("JUMP_LT_U32_IMM", "JUMP_GE_U32_IMM", 2); return;
    }
  }

  /** Jumps to `label` if the condition is `when`; falls through otherwise. */
  branch(e: Expr, label: Label, when: boolean): void {
    const constant = this.fold(e);
    if (constant) {
      if ((constant as { value: number }).value === (when ? 1 : 0)) this.code.emit("JUMP", [label]);
      return;
    }
    if (e.kind === "paren") return this.branch(e.inner, label, when);
    if (e.kind === "unary" && e.op === "not") return this.branch(e.operand, label, !when);
    if (e.kind === "logic") return this.branchLogic(e, label, when);
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
    if ("order" in s) return this.branchOrder(s.op, s.order, label, when);
    if (s.rep === "ref") {
      const t = this.temp("bool");
      this.code.emit(s.op === "==" ? "EQ_STRING" : "NE_STRING", [t, s.a, s.b]);
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
    const rep = repOf(e.left.type!);
    if (rep !== repOf(e.right.type!) || rep === "f64" || rep === "ref" || rep === "bool") return false;
    const right = this.fold(e.right);
    const left = right ? null : this.fold(e.left);
    const k = right ?? left;
    if (!k) return false;
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
  private truth(e: LogicExpr, target?: Register): Register {
    return this.truthOf((label) => this.branch(e, label, false), target);
  }

  private conditional(e: CondExpr, target?: Register): Register {
    const to = target ?? this.temp(repOf(e.type!));
    const no = new Label();
    const end = new Label();
    this.branch(e.cond, no, false);
    this.value(e.then, to);
    this.code.emit("JUMP", [end]);
    this.code.place(no);
    this.value(e.otherwise, to);
    this.code.place(end);
    return to;
  }

  private cast(e: CastExpr, target?: Register): Register {
    const from = repOf(e.operand.type!);
    const to = repOf(e.type!);
    const value = this.value(e.operand);
    const span = { start: e.span.start, end: e.span.end, operands: [this.operand(e.operand)] };
    const bits32 = (r: Rep): boolean => r === "i32" || r === "u32" || r === "bool";
    if (from === to || (bits32(from) && bits32(to) && to !== "bool")) return this.into(target, value);
    this.code.at(e.span.start);
    const result = target ?? this.temp(to);
    if (to === "bool") {
      const zero = this.load(from === "f64" ? { type: "f64", value: 0 } : wide(from) ? { type: "i64", value: 0n } : { type: "i32", value: 0 });
      this.code.emit(`NE_${upper(from)}` as OpName, [result, value, zero]);
      return result;
    }
    const source = from === "bool" ? "u32" : from;
    // u32 to i64 and to u64 is the same extension.
    const op = source === "u32" && to === "u64" ? "U32_TO_I64" : (`${upper(source)}_TO_${upper(to)}` as OpName);
    this.code.emit(op, [result, value], span);
    return result;
  }

  // Calls.

  /** Lowers a call; the result register of a function without result means nothing. */
  call(e: CallExpr, target?: Register): Register {
    if (e.builtin === "typeof") {
      const arg = e.args[0]!;
      if (this.fold(arg) === null && arg.kind !== "name") this.value(arg);
      return this.load({ type: "ref", text: typeName(arg.type!) }, target);
    }
    const fn = e.fn!;
    const slots = parameterRegisters(fn.params.map((p) => repOf(p.type)));
    const last = e.args.findLastIndex(hasCall);
    const waiting: { slot: number; value: Register }[] = [];
    e.args.forEach((arg, i) => {
      const slot = slots[i]!;
      // Outgoing slots do not survive a call, so arguments before one that calls wait in registers.
      if (i < last) waiting.push({ slot, value: this.value(arg) });
      else this.value(arg, { out: slot });
    });
    for (const w of waiting) this.code.emit("MOVE", [{ out: w.slot }, w.value]);
    const result = fn.result.kind === "prim" ? (target !== undefined && !isOut(target) ? target : this.temp(repOf(fn.result))) : null;
    this.code.at(e.callee.span.start);
    this.code.emit("CALL", [result ?? 0, { out: 0 }, this.program.functionIndex.get(fn)!], {
      start: e.callee.span.start, end: e.callee.span.end, operands: [],
    });
    if (result === null) return { out: 0 };
    return target !== undefined && isOut(target) ? this.into(target, result) : result;
  }
}

/** Does evaluating this run an Orus function? */
function hasCall(e: Expr): boolean {
  const work: Expr[] = [e];
  for (let x = work.pop(); x; x = work.pop()) {
    switch (x.kind) {
      case "call":
        if (x.builtin === undefined) return true;
        work.push(...x.args);
        break;
      case "paren": work.push(x.inner); break;
      case "unary": case "cast": work.push(x.operand); break;
      case "binary": case "logic": work.push(x.left, x.right); break;
      case "cond": work.push(x.cond, x.then, x.otherwise); break;
    }
  }
  return false;
}
