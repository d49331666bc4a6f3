/**
 * Lowering of statements. Loops are inverted: a guard, LOOP at the start of the body, and the test again at the bottom,
 * so that a round costs one jump.
 */
import type { Checked } from "../analysis/checked.js";
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import { isInteger, type Rep, type Type } from "../analysis/types.js";
import { prune } from "../infer/types.js";
import type {
  BindStmt,
  BindTarget,
  Block,
  CompoundStmt,
  DestructureStmt,
  Expr,
  ExprStmt,
  ForEachStmt,
  ForStmt,
  IfStmt,
  JumpStmt,
  Loop,
  NameExpr,
  Pattern,
  Stmt,
  StoreStmt,
  TryStmt,
  WhileStmt,
} from "../syntax/ast.js";
import type { Constant } from "./chunk.js";
import { Label, type Register, type VReg } from "./code.js";
import { boolean } from "./fold.js";
import { type Instance, needsFlag } from "./instances.js";
import { type At, type ProgramState, stripped } from "./lower-base.js";
import { MatchLowering } from "./lower-match.js";
import type { OpName } from "./ops.js";
import { type Env, NO_ENV } from "./run-types.js";

export class StmtLowering extends MatchLowering {
  /** Where `break` and `continue` of an open loop go. */
  private readonly targets = new Map<Loop, { readonly exit: Label; readonly next: Label }>();
  /** Registers of variables that are assigned after their declaration. */
  private readonly assignable = new Map<Register, Rep>();
  /** Suites of `try` that are open: a call in one is no tail call, its errors belong to the handler. */
  private tries = 0;

  /** `instance`: null for module-level code. */
  constructor(
    program: ProgramState,
    private readonly instance: Instance | null,
    private readonly checked: Pick<Checked, "implicitResults" | "unassigned">,
  ) {
    const env: Env = instance?.env ?? NO_ENV;
    const fn: FnSymbol | null = instance?.fn ?? null;
    super(program, fn, env);
  }

  block(b: Block): void {
    this.declareEarly(b);
    for (const s of b.statements) {
      const without = this.checked.unassigned.get(s);
      if (without) this.begin(s, without);
      this.statement(s);
    }
  }

  protected statement(s: Stmt): void {
    this.code.at(s.span.start);
    switch (s.kind) {
      case "bind":
        return this.bind(s);
      case "compound":
        return this.compound(s);
      case "store":
        return this.storeTo(s);
      case "destructure":
        return this.destructure(s);
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
      case "match":
        return this.match(s, "statement");
      case "try":
        return this.tryStatement(s);
      case "while":
        return this.whileLoop(s);
      case "for":
        return this.forLoop(s);
      case "foreach":
        return this.forEach(s);
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
      case "struct":
      case "enum":
      case "impl":
      case "use":
        return;
      case "error":
        throw new Error("cannot lower a statement that was not understood");
    }
  }

  private expression(s: ExprStmt): void {
    if (this.checked.implicitResults.has(s)) this.giveBack(s.expr);
    else this.drop(s.expr);
  }
  /** Returns a value; each arm of a conditional expression, a match or a block by itself. */
  protected giveBack(e: Expr): void {
    const result = this.instance?.result ?? null;
    if (result === null) {
      // A function whose result nobody looks at, or that is void as a value.
      this.drop(e);
      this.code.emit("RETURN_VOID", []);
      return;
    }
    let rest = e;
    while (rest.kind === "paren" && !rest.convert) rest = rest.inner;
    while (rest.kind === "cond" && !rest.convert && this.fold(rest) === null) {
      const otherwise = new Label();
      this.branch(rest.cond, otherwise, false);
      this.giveBack(rest.then);
      this.code.place(otherwise);
      rest = rest.otherwise;
      while (rest.kind === "paren" && !rest.convert) rest = rest.inner;
    }
    if (rest.kind === "block" && !rest.convert) this.blockValue(rest.body, "return");
    else if (rest.kind === "match" && !rest.convert) this.match(rest, "return");
    else if (this.tries === 0 && this.isTailCall(rest, result)) this.tailCall(this.calleeOf(rest));
    else this.code.emit("RETURN", [this.value(rest)]);
  }
  /** Evaluates for the effects only; a value that cannot fail is not computed. */
  private drop(e: Expr): void {
    if (this.fold(e) !== null) return;
    const inner = stripped(e);
    if (inner.kind === "name" && !e.convert && (inner.symbol?.kind !== "var" || !this.readFails(inner))) return;
    this.value(e);
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
      if (this.program.globals.has(symbol) || symbol.cell) this.assign(only!, this.value(s.value));
      else {
        this.value(s.value, this.bindRegister(symbol));
        this.given(only!);
      }
      return;
    }
    const value = this.value(s.value);
    for (const t of [...s.targets].reverse()) this.assign(t, value);
  }
  /** Gives a target its value. */
  private assign(t: BindTarget, value: Register): void {
    const symbol = t.symbol!;
    if (t.declares && symbol.cell && !needsFlag(symbol)) this.newCell(symbol);
    this.store(symbol, value);
    this.given(t);
  }
  /** The register of a variable, which the first of its declarations makes. */
  private bindRegister(symbol: VarSymbol): VReg {
    const known = this.variables.get(symbol);
    if (known) return known;
    const r = this.temp(this.repOf(symbol.type));
    this.variables.set(symbol, r);
    if (symbol.assigned) this.assignable.set(r, r.rep);
    return r;
  }
  private store(symbol: VarSymbol, value: Register): void {
    const global = this.program.globals.get(symbol);
    const cell = this.cells.get(symbol);
    if (global) this.code.emit("STORE_GLOBAL", [value, global.slot]);
    else if (cell) this.code.emit("STORE_SLOT", [cell, value, 0]);
    else this.code.emit("MOVE", [this.bindRegister(symbol), value]);
  }
  /** A fresh cell for a variable; each time control comes to its declaration. */
  private newCell(symbol: VarSymbol): void {
    const rep = this.repOf(symbol.type);
    this.cells.set(symbol, this.cellOf(rep, symbol.decl, this.cells.get(symbol)));
  }
  private cellOf(rep: Rep, at: At, known: VReg | undefined): VReg {
    const to = known ?? this.temp("ref");
    this.emitTo("NEW_CELL", "ref", to, [rep === "ref" || rep === "any" ? 1 : 0], at);
    return to;
  }
  /** A variable that is given the value of a register once and for all. */
  protected declareAs(symbol: VarSymbol, value: Register): void {
    if (this.program.globals.has(symbol)) this.store(symbol, value);
    else if (symbol.cell) {
      this.newCell(symbol);
      this.store(symbol, value);
    } else if (symbol.assigned) this.code.emit("MOVE", [this.bindRegister(symbol), value]);
    else this.variables.set(symbol, value as VReg);
    this.setFlag(symbol, true);
  }

  /** Cells of variables that functions may look for before the declaration: they are there from the block's start on. */
  private declareEarly(b: Block): void {
    for (const s of b.statements) {
      if (s.kind !== "bind") continue;
      for (const { symbol, declares } of s.targets) {
        if (!declares || !symbol?.cell || !needsFlag(symbol) || this.isOuter(symbol)) continue;
        this.code.at(b.span.start);
        this.withoutValue(symbol);
      }
    }
  }
  private isOuter(symbol: VarSymbol): boolean {
    return symbol.owner !== this.fn || this.program.globals.has(symbol);
  }
  /** The place of a variable that has no value so far, and what says so. */
  private withoutValue(symbol: VarSymbol): void {
    if (symbol.cell) {
      this.newCell(symbol);
      this.flags.set(symbol, this.cellOf("bool", symbol.decl, this.flags.get(symbol)));
      return;
    }
    // Something is in the register on the ways that end at the check, too.
    const r = this.bindRegister(symbol);
    this.zeroInto(r.rep, r);
    const flag = this.flags.get(symbol) ?? this.temp("bool");
    this.flags.set(symbol, flag);
    this.load(boolean(false), flag);
  }

  /** Variables that get a value in branches of the statement. What a check may look at says that they have none. */
  private begin(s: Stmt, symbols: readonly VarSymbol[]): void {
    this.code.at(s.span.start);
    for (const symbol of symbols) {
      if (this.program.globals.has(symbol)) this.setFlag(symbol, false);
      else if (needsFlag(symbol)) this.withoutValue(symbol);
      // A cell that all branches share.
      else if (symbol.cell) this.newCell(symbol);
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
    if (!flag) return;
    if (symbol.cell) this.code.emit("STORE_SLOT", [flag, this.load(boolean(value)), 0]);
    else this.load(boolean(value), flag);
  }

  private compound(s: CompoundStmt): void {
    if (s.place) {
      const place = this.place(s.place, s.value);
      const old = this.readPlace(place);
      const rep = this.repOf(prune(s.place.type!));
      const left = this.standInFor(old, prune(s.place.type!), s.place.span, s.target.text);
      this.writePlace(place, this.arith(s.op, rep, s.opSpan, left, s.value));
      return;
    }
    const symbol = s.symbol!;
    const rep = this.repOf(symbol.type);
    const { text, span } = s.target;
    const name: NameExpr = { kind: "name", name: text, span, symbol, type: symbol.type };
    if (s.unset) name.unset = true;
    const inRegister = !this.program.globals.has(symbol) && !symbol.cell;
    const local = inRegister ? this.variables.get(symbol)! : undefined;
    const value = this.arith(s.op, rep, s.opSpan, name, s.value, local);
    if (!local) this.store(symbol, value);
  }
  private standInFor(
    register: Register,
    type: Type,
    span: Expr["span"],
    name: string,
  ): { register: Register; expr: Expr } {
    return { register, expr: { kind: "name", name, span, type } };
  }

  private storeTo(s: StoreStmt): void {
    const places = s.targets.map((t) => ("place" in t ? this.place(t.place, s.value) : null));
    const value = this.value(s.value);
    this.code.at(s.span.start);
    for (let i = s.targets.length - 1; i >= 0; i--) {
      const t = s.targets[i]!;
      const place = places[i];
      if (place) this.writePlace(place, value);
      else if (!("place" in t)) this.assign(t, value);
    }
  }

  private destructure(s: DestructureStmt): void {
    const value = this.value(s.value);
    // A target may be the variable that holds the value.
    const whole = stripped(s.value).kind === "name" ? this.into(this.temp("ref"), value) : value;
    this.spread(s.pattern, whole, this.typeOfValue(s.value), s.value.span);
  }
  /** Gives the targets of a pattern the elements of an array, or the bytes of a string. */
  private spread(pattern: Pattern, whole: Register, type: Type, at: At): void {
    const t = prune(type);
    const isArray = t.kind === "array";
    const element: Type = isArray ? prune(t.element) : t;
    const rep = this.repOf(element);
    pattern.targets.forEach((target, i) => {
      let part: Register;
      if (isArray) part = this.getElement(whole, this.loadInt(i), rep, at, []);
      else {
        const index = this.load({ type: "i64", value: BigInt(i) });
        part = this.emitTo("INDEX_STRING", "ref", undefined, [whole, index], at);
      }
      if ("targets" in target) this.spread(target, part, element, at);
      else if ("place" in target) this.writePlace(this.place(target.place, null), part);
      else if (target.symbol) this.assign(target, part);
    });
  }

  // Errors.

  private tryStatement(s: TryStmt): void {
    const start = this.code.list.length;
    this.tries++;
    this.block(s.body);
    this.tries--;
    const end = this.code.list.length;
    const after = new Label();
    const target = new Label();
    this.code.emit("JUMP", [after]);
    this.code.place(target);
    this.code.handlers.push({ start, end, target });
    this.code.at(s.catchKeyword.start);
    const error = this.temp("ref");
    this.code.emit("CATCH", [error]);
    if (s.symbol) this.declareAs(s.symbol, error);
    this.block(s.handler);
    this.code.place(after);
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
    const t = this.targets.get(s.target!)!;
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
    const rep = this.repOf(type);
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
    this.declareAs(s.symbol!, counter);
    this.block(s.body);
    this.code.place(next);
    this.code.at(s.keyword.start);
    if (step === null) this.code.emit(`FOR_${kind}_${T}` as OpName, [counter, end, header]);
    else this.code.emit(`FOR_STEP_${kind}_${T}` as OpName, [counter, end, step, header]);
    this.code.endLoop(loop);
    this.code.place(exit);
  }

  /** `for x in e`: over an array, whose length is read each round; a string; or a range, which is used up. */
  private forEach(s: ForEachStmt): void {
    const type = this.typeOfValue(s.iterable);
    const whole = this.into(this.temp("ref"), this.value(s.iterable));
    if (type.kind === "range") return this.forRange(s, whole);
    const at = s.iterable.span;
    const isArray = type.kind === "array";
    const element: Type = isArray ? prune(type.element) : type;
    const rep = this.repOf(element);
    const index = this.temp("i32");
    this.loadInt(0, index);
    const length = (): Register => this.emitTo(isArray ? "LEN_ARRAY" : "LEN_STRING", "i32", undefined, [whole], null);
    this.round(
      s,
      (label, when) => {
        const n = length();
        // index < length, or its opposite.
        if (when) this.code.emit("JUMP_LT_I32", [index, n, label]);
        else this.code.emit("JUMP_LE_I32", [n, index, label]);
      },
      () => {
        let part: Register;
        if (isArray) part = this.getElement(whole, index, rep, at, []);
        else {
          const wide = this.emitTo("I32_TO_I64", "i64", undefined, [index], null);
          part = this.emitTo("INDEX_STRING", "ref", undefined, [whole, wide], at);
        }
        this.element(s, part, element, at);
      },
      () => this.code.emit("ADD_I32_IMM", [index, index, 1], { start: at.start, end: at.end, operands: [] }),
    );
  }
  private forRange(s: ForEachStmt, range: Register): void {
    this.round(
      s,
      (label, when) => {
        const more = this.emitTo("RANGE_MORE", "bool", undefined, [range], null);
        this.code.emit(when ? "JUMP_IF" : "JUMP_IF_NOT", [more, label]);
      },
      () => {
        const value = this.emitTo("RANGE_TAKE", "i64", undefined, [range], null);
        this.element(s, value, { kind: "prim", name: "i64" }, s.iterable.span);
      },
      () => {},
    );
  }
  /** The element of a round, for the loop's variable or pattern. */
  private element(s: ForEachStmt, value: Register, type: Type, at: At): void {
    if ("targets" in s.target) this.spread(s.target, value, type, at);
    else if (s.target.symbol) this.declareAs(s.target.symbol, value);
  }
  /** A loop: `test` jumps to a label if there is a further round (or none), `take` begins a round, `step` ends it. */
  private round(s: ForEachStmt, test: (label: Label, when: boolean) => void, take: () => void, step: () => void): void {
    const exit = new Label();
    const next = new Label();
    this.targets.set(s, { exit, next });
    test(exit, false);
    const { header, loop } = this.code.beginLoop(s.keyword.start);
    take();
    this.block(s.body);
    this.code.place(next);
    this.code.at(s.keyword.start);
    step();
    test(header, true);
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
