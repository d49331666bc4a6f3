/**
 * Lowering of statements. Loops are inverted: a guard, LOOP at the start of the body, and the test again at the bottom,
 * so that a round costs one jump.
 */
import type { Checked } from "../analysis/checked.js";
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import { isInteger, type Rep, repOf } from "../analysis/types.js";
import type {
  BindStmt,
  BindTarget,
  Block,
  CompoundStmt,
  Expr,
  ExprStmt,
  ForStmt,
  IfStmt,
  JumpStmt,
  NameExpr,
  Stmt,
  WhileStmt,
} from "../syntax/ast.js";
import type { Constant } from "./chunk.js";
import { Label, type Register, type VReg } from "./code.js";
import { boolean, zero } from "./fold.js";
import { type ProgramState, stripped } from "./lower-base.js";
import { PrintLowering } from "./lower-print.js";
import type { OpName } from "./ops.js";

export class StmtLowering extends PrintLowering {
  constructor(
    program: ProgramState,
    fn: FnSymbol | null,
    private readonly checked: Pick<Checked, "implicitResults" | "unassigned">,
  ) {
    super(program, fn);
  }

  /** Where `break` and `continue` of an open loop go. */
  private readonly targets = new Map<WhileStmt | ForStmt, { readonly exit: Label; readonly next: Label }>();
  /** Registers of variables that are assigned after their declaration. */
  private readonly assignable = new Map<Register, Rep>();

  block(b: Block): void {
    for (const s of b.statements) {
      const without = this.checked.unassigned.get(s);
      if (without) this.begin(s, without);
      this.statement(s);
    }
  }

  private statement(s: Stmt): void {
    this.code.at(s.span.start);
    switch (s.kind) {
      case "bind":
        return this.bind(s);
      case "compound":
        return this.compound(s);
      case "print":
        return this.print(s);
      case "expr":
        return this.expression(s);
      case "if":
        return this.conditionalArms(s);
      case "guarded": {
        const skip = new Label();
        this.branch(s.cond, skip, false);
        this.drop(s.expr);
        this.code.place(skip);
        return;
      }
      case "while":
        return this.whileLoop(s);
      case "for":
        return this.forLoop(s);
      case "break":
      case "continue":
        this.code.emit("JUMP", [this.jumpLabel(s)]);
        return;
      case "return":
        if (s.value === null) this.code.emit("RETURN_VOID", []);
        else this.giveBack(s.value);
        return;
      case "fn":
      case "pass":
        return;
      case "error":
        throw new Error("cannot lower a statement that was not understood");
    }
  }

  private expression(s: ExprStmt): void {
    if (this.checked.implicitResults.has(s)) this.giveBack(s.expr);
    else this.drop(s.expr);
  }
  /** Returns a value; each arm of a conditional expression by itself. */
  private giveBack(e: Expr): void {
    let rest = stripped(e);
    while (rest.kind === "cond" && this.fold(rest) === null) {
      const otherwise = new Label();
      this.branch(rest.cond, otherwise, false);
      this.giveBack(rest.then);
      this.code.place(otherwise);
      rest = stripped(rest.otherwise);
    }
    if (this.isTailCall(rest)) this.tailCall(rest);
    else this.code.emit("RETURN", [this.value(rest)]);
  }
  /** Evaluates for the effects only; a value that cannot fail is not computed. */
  private drop(e: Expr): void {
    if (this.fold(e) === null && (e.kind !== "name" || this.readFails(e))) this.value(e);
  }

  // Variables.

  private bind(s: BindStmt): void {
    const [only] = s.targets;
    if (s.targets.length === 1 && only!.declares) {
      // A name that is never assigned again and whose value is known needs no storage at all.
      const symbol = only!.symbol!;
      const c = this.fold(s.value);
      if (c && !symbol.assigned && !symbol.mayBeReadEarly && !symbol.mayLackValue) {
        this.program.known.set(symbol, c as Constant);
        return;
      }
    }
    if (s.targets.length === 1) {
      const symbol = only!.symbol!;
      if (this.program.globals.has(symbol)) this.store(symbol, this.value(s.value));
      else this.value(s.value, this.bindRegister(symbol));
      this.given(only!);
      return;
    }
    const value = this.value(s.value);
    for (const t of [...s.targets].reverse()) {
      this.store(t.symbol!, value);
      this.given(t);
    }
  }
  /** The register of a variable, which the first of its declarations makes. */
  private bindRegister(symbol: VarSymbol): VReg {
    const known = this.variables.get(symbol);
    if (known) return known;
    const r = this.temp(repOf(symbol.type));
    this.variables.set(symbol, r);
    if (symbol.assigned) this.assignable.set(r, r.rep);
    return r;
  }
  private store(symbol: VarSymbol, value: Register): void {
    const global = this.program.globals.get(symbol);
    if (global) this.code.emit("STORE_GLOBAL", [value, global.slot]);
    else this.code.emit("MOVE", [this.bindRegister(symbol), value]);
  }

  /** Variables that get a value in branches of the statement. What a check may look at says that they have none. */
  private begin(s: Stmt, symbols: readonly VarSymbol[]): void {
    this.code.at(s.span.start);
    for (const symbol of symbols) {
      if (symbol.mayLackValue && !this.program.globals.has(symbol)) {
        // Something is in the register on the ways that end at the check, too.
        this.load(zero(repOf(symbol.type)), this.bindRegister(symbol));
        this.flags.set(symbol, this.temp("bool"));
      }
      this.setFlag(symbol, false);
    }
  }
  /** The variable has a value from here on. */
  private given(t: BindTarget): void {
    if (t.unset ?? t.declares) this.setFlag(t.symbol!, true);
  }
  private setFlag(symbol: VarSymbol, value: boolean): void {
    const global = this.program.globals.get(symbol);
    if (global && global.flag >= 0) this.code.emit("STORE_GLOBAL", [this.load(boolean(value)), global.flag]);
    const flag = this.flags.get(symbol);
    if (flag) this.load(boolean(value), flag);
  }

  private compound(s: CompoundStmt): void {
    const symbol = s.symbol!;
    const rep = repOf(symbol.type);
    const { text, span } = s.target;
    const name: NameExpr = { kind: "name", name: text, span, symbol, type: symbol.type };
    if (s.unset) name.unset = true;
    const local = this.program.globals.has(symbol) ? undefined : this.variables.get(symbol)!;
    const value = this.arith(s.op, rep, s.opSpan, name, s.value, local);
    if (!local) this.store(symbol, value);
  }

  // Control flow.

  private conditionalArms(s: IfStmt): void {
    const end = new Label();
    s.arms.forEach((arm, i) => {
      this.code.at(arm.keyword.start);
      const jump = this.onlyJump(arm.body);
      if (jump) {
        this.branch(arm.cond, jump, true);
        return;
      }
      const next = new Label();
      this.branch(arm.cond, next, false);
      this.block(arm.body);
      if (i < s.arms.length - 1 || s.otherwise) this.code.emit("JUMP", [end]);
      this.code.place(next);
    });
    if (s.otherwise) this.block(s.otherwise);
    this.code.place(end);
  }

  /** Where a block goes that is nothing but a `break` or `continue`. */
  private onlyJump(b: Block): Label | null {
    const [only] = b.statements;
    if (b.statements.length !== 1 || (only!.kind !== "break" && only!.kind !== "continue")) return null;
    return this.jumpLabel(only!);
  }
  private jumpLabel(s: JumpStmt): Label {
    const t = this.targets.get(s.target as WhileStmt | ForStmt)!;
    return s.kind === "break" ? t.exit : t.next;
  }

  private whileLoop(s: WhileStmt): void {
    const exit = new Label();
    const next = new Label();
    this.targets.set(s, { exit, next });
    this.branch(s.cond, exit, false);
    const { header, loop } = this.code.beginLoop(s.keyword.start);
    this.block(s.body);
    this.code.place(next);
    this.code.at(s.keyword.start);
    this.branch(s.cond, header, true);
    this.code.endLoop(loop);
    this.code.place(exit);
  }

  private forLoop(s: ForStmt): void {
    const type = s.rangeType!;
    if (!isInteger(type)) throw new Error("a range of integers was promised");
    const rep = repOf(type);
    const T = rep.toUpperCase();
    const counter = this.temp(rep);
    this.value(s.start, counter);
    const end = this.stable(s.end);
    const stepValue = s.step === null ? 1n : this.integer(s.step);
    const step = stepValue === 1n ? null : this.stable(s.step!);
    const exit = new Label();
    const next = new Label();
    this.targets.set(s, { exit, next });
    const kind = s.inclusive ? "LE" : "LT";
    if (!this.surelyRuns(s, stepValue)) {
      if (step === null) {
        // No round at all: end <= start, or end < start.
        this.code.emit(`JUMP_${s.inclusive ? "LT" : "LE"}_${T}` as OpName, [end, counter, exit]);
      } else {
        const at = s.step!.span;
        const operands = [s.start, s.end, s.step!].map((e) => this.operand(e));
        this.code.emit(`FOR_PREP_${kind}_${T}` as OpName, [counter, end, step, exit], {
          start: at.start,
          end: at.end,
          operands,
        });
      }
    }
    const { header, loop } = this.code.beginLoop(s.keyword.start);
    const symbol = s.symbol!;
    if (this.program.globals.has(symbol)) {
      this.store(symbol, counter);
      this.setFlag(symbol, true);
    } else if (symbol.assigned) this.code.emit("MOVE", [this.bindRegister(symbol), counter]);
    else this.variables.set(symbol, counter);
    this.block(s.body);
    this.code.place(next);
    this.code.at(s.keyword.start);
    if (step === null) this.code.emit(`FOR_${kind}_${T}` as OpName, [counter, end, header]);
    else this.code.emit(`FOR_STEP_${kind}_${T}` as OpName, [counter, end, step, header]);
    this.code.endLoop(loop);
    this.code.place(exit);
  }

  private integer(e: Expr): bigint | null {
    const c = this.fold(e);
    return c === null || c.type === "ref" || c.type === "f64" ? null : BigInt(c.value);
  }
  /** Whether the bounds are known and give at least one round. */
  private surelyRuns(s: ForStmt, step: bigint | null): boolean {
    const start = this.integer(s.start);
    const end = this.integer(s.end);
    if (start === null || end === null || step === null || step === 0n) return false;
    return start === end ? s.inclusive : start < end === step > 0n;
  }

  /** A bound or step in a register that the body cannot change: bounds are evaluated once. */
  private stable(e: Expr): Register {
    const r = this.value(e);
    const own = this.assignable.get(r);
    return own ? this.into(this.temp(own), r) : r;
  }
}
