/**
 * Lowering of expressions. Every function takes an optional target register; the value's last instruction writes it
 * directly, so `x = a + b` is one instruction. Nothing writes the target before every operand was read, because the
 * target may be a variable that the expression mentions.
 *
 * Chains that lean to the left (a + b + c …) are walked, not recursed into.
 */
import type { Rep } from "../analysis/types.js";
import { prune } from "../infer/types.js";
import type { BinaryExpr, CastExpr, CondExpr, Expr, MemberExpr, UnaryExpr } from "../syntax/ast.js";
import type { Constant } from "./chunk.js";
import { Label, type Register } from "./code.js";
import { ARITH, type Arith, type At, upper, wide } from "./lower-base.js";
import { BuiltinLowering } from "./lower-builtin.js";
import { isCompare } from "./lower-condition.js";
import type { OpName } from "./ops.js";

export abstract class ExprLowering extends BuiltinLowering {
  /** The value of a block or of a match, whose last expressions are values. */
  protected abstract control(e: Expr & { kind: "block" | "match" }, target?: Register): Register;

  /** Evaluates into `target`, or anywhere: a variable's own register is answered without a copy. */
  value(e: Expr, target?: Register): Register {
    return e.convert ? this.converted(e, e.convert, target) : this.plain(e, target);
  }

  protected plain(e: Expr, target?: Register): Register {
    const constant = e.convert ? this.fold({ ...e, convert: undefined } as Expr) : this.fold(e);
    if (constant) return this.load(constant, target);
    switch (e.kind) {
      case "paren":
        return this.value(e.inner, target);
      case "name":
        if (e.symbol?.kind === "fn") return this.functionValue(e.symbol, e.typeArgs, e.span, target);
        if (e.symbol?.kind !== "var") throw new Error(`${e.name} is no value`);
        return this.read(e.symbol, e, target);
      case "unary":
        return this.unary(e, target);
      case "binary":
        if (this.isPattern(e)) return this.truth(e, target);
        return isCompare(e.op) ? this.compareValue(e, target) : this.chain(e, target);
      case "logic":
        return this.truth(e, target);
      case "cond":
        return this.conditional(e, target);
      case "cast":
        return this.cast(e, target);
      case "call":
        return this.call(e, target);
      case "index":
        return this.elementValue(e, target);
      case "slice":
        return this.slice(e, target);
      case "array":
        return this.arrayLiteral(e, target);
      case "struct":
        return this.structLiteral(e, target);
      case "member":
        return this.memberValue(e, target);
      case "fn":
        return this.functionValue(e.symbol!, undefined, e.keyword, target);
      case "block":
      case "match":
        return this.control(e, target);
      default:
        throw new Error(`cannot lower ${e.kind}`);
    }
  }

  private memberValue(e: MemberExpr, target?: Register): Register {
    const { resolved } = e;
    switch (resolved?.kind) {
      case "field": {
        const { slot, rep } = this.fieldPlace(e);
        return this.loadSlot(this.value(e.object), slot, rep, target);
      }
      case "variant":
        return this.variantValue(prune(e.type!), resolved.variant, [], e.span, target);
      case "static":
        return this.functionValue(resolved.fn, e.typeArgs, e.name.span, target);
      case "export": {
        const { symbol } = resolved;
        if (symbol.kind === "fn") return this.functionValue(symbol, e.typeArgs, e.name.span, target);
        return this.read(symbol, { kind: "name", name: symbol.name, span: e.span, symbol, type: e.type! }, target);
      }
      default:
        throw new Error(`cannot lower ${e.name.text}`);
    }
  }

  private unary(e: UnaryExpr, target?: Register): Register {
    if (e.op === "not") {
      const from = this.value(e.operand);
      const to = target ?? this.temp("bool");
      this.code.emit("NOT", [to, from]);
      return to;
    }
    const rep = this.repOf(e.type!);
    const from = this.value(e.operand);
    if (rep === "any") return this.emitTo("ANY_NEG", "any", target, [from], e.opSpan);
    const to = target ?? this.temp(rep);
    this.code.emit(`NEG_${upper(rep)}` as OpName, [to, from], {
      start: e.opSpan.start,
      end: e.opSpan.end,
      operands: [this.operand(e.operand)],
    });
    return to;
  }

  /** Arithmetic along the left spine, innermost first. */
  private chain(e: BinaryExpr, target?: Register): Register {
    const spine: BinaryExpr[] = [];
    let left: Expr = e;
    while (
      left.kind === "binary" &&
      !isCompare(left.op) &&
      !(left.convert && left !== e) &&
      !this.isRepeat(left) &&
      this.spineMayFold(left) === null
    ) {
      spine.push(left);
      left = left.left;
    }
    if (spine.length === 0) return this.repeat(e, target);
    let acc: Register | null = null;
    let accExpr = left;
    for (let i = spine.length - 1; i >= 0; i--) {
      const node = spine[i]!;
      acc = this.arith(
        node.op as Arith,
        this.repOf(node.type!),
        node.opSpan,
        acc === null ? accExpr : { register: acc, expr: accExpr },
        node.right,
        i === 0 ? target : undefined,
      );
      accExpr = node;
    }
    return acc!;
  }
  /** `array * n`, `n * array`. */
  private isRepeat(e: BinaryExpr): boolean {
    return e.op === "*" && e.type !== undefined && prune(e.type).kind === "array";
  }
  private repeat(e: BinaryExpr, target?: Register): Register {
    const [a, b] = this.values([e.left, e.right]) as [Register, Register];
    const [array, count, n] = this.rep(e.left) === "ref" ? [a, b, e.right] : [b, a, e.left];
    return this.repeated(array, count, n, e.opSpan, target);
  }
  private repeated(array: Register, count: Register, n: Expr, at: At, target?: Register): Register {
    const rep = this.rep(n);
    this.code.at(at.start);
    return this.emitTo("REPEAT", "ref", target, [array, this.toI64(count, rep), rep === "u64" ? 1 : 0], at);
  }

  /** Folding every prefix of a long spine again would be quadratic: only short ones are tried. */
  private spineMayFold(e: BinaryExpr): Constant | null {
    let depth = 0;
    for (let left: Expr = e; left.kind === "binary"; left = left.left) if (++depth > 8) return null;
    return e.convert ? null : this.fold(e);
  }

  /** One arithmetic operation; the left operand may be computed already. */
  arith(
    op: Arith,
    rep: Rep,
    at: { start: number; end: number },
    left: Expr | { register: Register; expr: Expr },
    right: Expr,
    target?: Register,
  ): Register {
    // `array *= n`.
    if (op === "*" && rep === "ref") {
      const array = "register" in left ? left.register : this.value(left);
      return this.repeated(array, this.value(right), right, at, target);
    }
    const leftExpr = "register" in left ? left.expr : left;
    const operands = [this.operand(leftExpr), this.operand(right)];
    const span = { start: at.start, end: at.end, operands };
    const k = rep === "f64" || rep === "ref" || rep === "any" ? null : this.fold(right);
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
    const c =
      rep !== "f64" && rep !== "ref" && rep !== "any" && !("register" in left) && (op === "+" || op === "*")
        ? this.fold(left)
        : null;
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
    const a = "register" in left ? left.register : this.first(left, right);
    const b = this.value(right);
    this.code.at(at.start);
    if (rep === "any") return this.anyArith(op, a, b, at, target);
    const to = target ?? this.temp(rep);
    this.code.emit(rep === "ref" ? "CONCAT" : (`${ARITH[op]}_${upper(rep)}` as OpName), [to, a, b], span);
    return to;
  }

  /** The text of a value, as `print` shows it. */
  private text(e: CastExpr, from: Rep, value: Register, target?: Register): Register {
    const to = target ?? this.temp("ref");
    const span = { start: e.span.start, end: e.span.end, operands: [] };
    if (from === "bool") {
      const no = new Label();
      const end = new Label();
      this.code.emit("JUMP_IF_NOT", [value, no]);
      this.load({ type: "ref", text: "true" }, to);
      this.code.emit("JUMP", [end]);
      this.code.place(no);
      this.load({ type: "ref", text: "false" }, to);
      this.code.place(end);
      return to;
    }
    let x = value;
    if (from === "i32" || from === "u32") {
      x = this.temp("i64");
      this.code.emit(from === "i32" ? "I32_TO_I64" : "U32_TO_I64", [x, value]);
    }
    this.code.at(e.span.start);
    this.code.emit(
      from === "f64" ? "F64_TO_STRING" : from === "u64" ? "U64_TO_STRING" : "I64_TO_STRING",
      [to, x],
      span,
    );
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

  private conditional(e: CondExpr, target?: Register): Register {
    const to = target ?? this.temp(this.repOf(e.type!));
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
    const from = this.rep(e.operand);
    const to = this.repOf(e.type!);
    const value = this.value(e.operand);
    const span = { start: e.span.start, end: e.span.end, operands: [this.operand(e.operand)] };
    const bits32 = (r: Rep): boolean => r === "i32" || r === "u32" || r === "bool";
    if (from === to || (bits32(from) && bits32(to) && to !== "bool")) return this.into(target, value);
    this.code.at(e.span.start);
    if (to === "any") return this.wrapped(value, from, target);
    if (from === "any") return this.unwrapped(value, e.type!, e.span, target);
    if (to === "ref") return this.text(e, from, value, target);
    const result = target ?? this.temp(to);
    if (to === "bool") {
      const zero = this.load(
        from === "f64"
          ? { type: "f64", value: 0 }
          : wide(from)
            ? { type: "i64", value: 0n }
            : { type: "i32", value: 0 },
      );
      this.code.emit(`NE_${upper(from)}` as OpName, [result, value, zero]);
      return result;
    }
    const source = from === "bool" ? "u32" : from;
    // u32 to i64 and to u64 is the same extension.
    const op = source === "u32" && to === "u64" ? "U32_TO_I64" : (`${upper(source)}_TO_${upper(to)}` as OpName);
    this.code.emit(op, [result, value], span);
    return result;
  }
}
