/**
 * Lowering of what chooses by a value: `match` as a statement and as a value, `matches` with `_`, blocks as values.
 *
 * A match over an enum loads the number of the variant once; the arms compare it in order. Over an `any` each arm looks first
 * whether the value is of its enum. Other patterns are compared with the subject by `==`, as a name that stands for its register.
 */
import type { VarSymbol } from "../analysis/symbols.js";
import type { Type } from "../analysis/types.js";
import { wildcardsIn } from "../infer/bare.js";
import { exhaustive } from "../infer/match.js";
import type { VariantSymbol } from "../infer/symbols.js";
import { prune } from "../infer/types.js";
import type { BinaryExpr, Block, Expr, MatchArm, MatchExpr, MatchStmt, NameExpr } from "../syntax/ast.js";
import { Label, type Register, type VReg } from "./code.js";
import { stripped } from "./lower-base.js";
import { PrintLowering } from "./lower-print.js";

type EnumType = Extract<Type, { kind: "enum" }>;

/** What is matched, in a register. */
interface Subject {
  readonly name: NameExpr;
  readonly register: Register;
  readonly type: Type;
  /** The number of its variant, once it is known. */
  variant: VReg | null;
}

/** An enum value whose variant a pattern has tested. */
interface Tested {
  readonly register: Register;
  readonly type: EnumType;
}

/** What becomes of the value of an arm. */
export type Wanted = { readonly to: Register } | "statement" | "return";

export abstract class MatchLowering extends PrintLowering {
  /** Returns the value of an expression from the function. */
  protected abstract giveBack(e: Expr): void;
  /** Declares a variable that holds the value of a register from here on. */
  protected abstract declareAs(symbol: VarSymbol, value: Register): void;

  protected control(e: Expr & { kind: "block" | "match" }, target?: Register): Register {
    const rep = this.repOrNull({ ...e, convert: undefined } as Expr);
    if (rep === null) {
      if (e.kind === "block") this.block(e.body);
      else this.match(e, "statement");
      return { out: 0, rep: "i32" };
    }
    // An arm may read the variable that the value is for: it is written at the end only.
    const to = this.temp(rep);
    if (e.kind === "block") this.blockValue(e.body, { to });
    else this.match(e, { to });
    return this.into(target, to);
  }

  /** A block whose last expression is its value. */
  protected blockValue(b: Block, wanted: Wanted): void {
    const last = b.statements.at(-1);
    if (wanted === "statement" || last?.kind !== "expr") return this.block(b);
    this.block({ ...b, statements: b.statements.slice(0, -1) });
    this.code.at(last.span.start);
    if (wanted === "return") this.giveBack(last.expr);
    else this.value(last.expr, wanted.to);
  }

  protected match(m: MatchStmt | MatchExpr, wanted: Wanted): void {
    const type = this.typeOfValue(m.subject);
    const value = this.value(m.subject);
    // An arm may assign to the variable that is matched, while its payload is still to be read.
    const inner = stripped(m.subject);
    const register =
      inner.kind === "name" && inner.symbol?.kind === "var" && inner.symbol.assigned
        ? this.into(this.temp(this.rep(m.subject)), value)
        : value;
    const subject: Subject = { name: this.standIn(register, type, m.subject), register, type, variant: null };
    const end = new Label();
    const complete = exhaustive(m);
    m.arms.forEach((arm, i) => {
      const next = new Label();
      this.code.at(arm.pattern.span.start);
      // What is left when everything else was tested needs no test.
      const only = i === m.arms.length - 1 && complete;
      const own: Tested | null =
        subject.type.kind === "enum" ? { register: subject.register, type: subject.type } : null;
      this.bindPayload((only ? null : this.pattern(subject, arm, next)) ?? own, arm);
      this.blockValue(arm.body, wanted);
      if (i < m.arms.length - 1) this.code.emit("JUMP", [end]);
      this.code.place(next);
    });
    this.code.place(end);
  }
  /** Jumps to `next` if the subject does not fit. Answers the subject seen as an enum, where only the pattern tells that. */
  private pattern(subject: Subject, arm: MatchArm, next: Label): Tested | null {
    const p = stripped(arm.pattern);
    if (p.kind === "name" && p.name === "_" && !p.symbol) return null;
    if (arm.variant) {
      if (subject.type.kind === "any") {
        const tested = this.asEnum(subject.register, prune(p.type!) as EnumType, next, p);
        this.jumpUnless(this.tag(tested.register), arm.variant, next);
        return tested;
      }
      subject.variant ??= this.tag(subject.register);
      this.jumpUnless(subject.variant, arm.variant, next);
      return null;
    }
    const equals: BinaryExpr = {
      kind: "binary",
      op: "==",
      opSpan: arm.pattern.span,
      left: subject.name,
      right: arm.pattern,
      span: arm.pattern.span,
      type: { kind: "prim", name: "bool" },
    };
    this.branch(equals, next, false);
    return null;
  }
  /** An `any` as a value of an enum; jumps if it is none. */
  private asEnum(register: Register, type: EnumType, no: Label, at: Expr): Tested {
    const is = this.emitTo("ANY_FITS", "bool", undefined, [register, this.program.types.type(type, this.env)], at.span);
    this.code.emit("JUMP_IF_NOT", [is, no]);
    return { register: this.unwrapped(register, type, at.span), type };
  }
  private tag(register: Register): VReg {
    const tag = this.temp("i32");
    this.code.emit("LOAD_VARIANT", [tag, register]);
    return tag;
  }
  private jumpUnless(tag: VReg, variant: VariantSymbol, no: Label): void {
    this.code.emit("JUMP_NE_I32_IMM", [tag, variant.index, no]);
  }
  private bindPayload(tested: Tested | null, arm: MatchArm): void {
    if (!arm.variant || !tested) return;
    const { fields } = this.program.types.variant(tested.type, arm.variant, this.env);
    arm.bindings?.forEach((symbol, i) => {
      if (!symbol) return;
      const { slot, rep } = fields[i]!;
      this.declareAs(symbol, this.loadSlot(tested.register, slot, rep));
    });
  }

  /** A name for a register, so that expressions can be made of it. */
  private standIn(register: Register, type: Type, e: Expr): NameExpr {
    const symbol: VarSymbol = {
      kind: "var",
      name: "",
      decl: e.span,
      type,
      role: "local",
      owner: this.fn,
      mutable: false,
      usedInFunctions: false,
      assigned: false,
      mayBeReadEarly: false,
      mayLackValue: false,
    };
    this.variables.set(symbol, register as VReg);
    return { kind: "name", name: "", span: e.span, symbol, type };
  }

  // `matches`.

  protected isPattern(e: BinaryExpr): boolean {
    if (e.op !== "matches") return false;
    const right = stripped(e.right);
    return right.kind === "call" && stripped(right.callee).kind === "member" && wildcardsIn(right).length > 0;
  }
  /** Jumps if `x matches E.V(_, e)` is `when`. */
  protected branchPattern(e: BinaryExpr, label: Label, when: boolean): void {
    const right = stripped(e.right);
    if (right.kind !== "call") throw new Error("a variant was promised");
    const callee = stripped(right.callee);
    if (callee.kind !== "member" || callee.resolved?.kind !== "variant") throw new Error("a variant was promised");
    const left = prune(this.typeOfValue(e.left));
    const value = this.first(e.left, e.right);
    const { variant } = callee.resolved;
    const no = when ? new Label() : label;
    const { register, type } =
      left.kind === "any"
        ? this.asEnum(value, prune(right.type!) as EnumType, no, right)
        : { register: value, type: left };
    this.jumpUnless(this.tag(register), variant, no);
    const { fields } = this.program.types.variant(type, variant, this.env);
    right.args.forEach((arg, i) => {
      if (arg.kind === "name" && arg.name === "_" && !arg.symbol) return;
      const { slot, rep, type: entry } = fields[i]!;
      const payload = this.standIn(this.loadSlot(register, slot, rep), entry, arg);
      this.branch({ ...e, op: "==", left: payload, right: arg, span: arg.span }, no, false);
    });
    if (when) {
      this.code.emit("JUMP", [label]);
      this.code.place(no);
    }
  }
}
