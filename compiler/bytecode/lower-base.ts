/**
 * What the parts of the lowering share: the code being made, where variables live, representations of types in this instance,
 * constants, operands for messages.
 *
 * A variable lives in a register; in the module bank, if functions refer to it; or in a cell, if closures capture it and it is
 * assigned afterwards. A variable whose value is known before the program runs has no place at all.
 */
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import type { Rep, Type } from "../analysis/types.js";
import type { Block, Expr, NameExpr, Stmt } from "../syntax/ast.js";
import type { Pool } from "./assemble.js";
import type { Constant, SpanOperand } from "./chunk.js";
import { FnCode, type Register, type VReg } from "./code.js";
import { type FoldContext, fold } from "./fold.js";
import { type Instances, needsFlag } from "./instances.js";
import type { OpName } from "./ops.js";
import { type Env, type RunTypes, repIn } from "./run-types.js";

/** What all functions of a program share while they are lowered. */
export interface ProgramState {
  readonly pool: Pool;
  readonly instances: Instances;
  readonly types: RunTypes;
  /** Module variables in the bank: slot, and slot of the flag that says that it has a value (-1: not needed). */
  readonly globals: ReadonlyMap<VarSymbol, { readonly slot: number; readonly flag: number }>;
  /** Variables whose value is known before the program runs. */
  readonly known: Map<VarSymbol, Constant>;
}

/** `I64` of an op's name. */
export const upper = (rep: Rep): string => rep.toUpperCase();
export const wide = (rep: Rep): boolean => rep === "i64" || rep === "u64";
/** An expression without its parentheses. */
export function stripped(e: Expr): Expr {
  let inner = e;
  while (inner.kind === "paren") inner = inner.inner;
  return inner;
}

/** Operators of arithmetic, in names of ops. */
export const ARITH = { "+": "ADD", "-": "SUB", "*": "MUL", "/": "DIV", "%": "REM" } as const;
export type Arith = keyof typeof ARITH;

/** A source range that an instruction stands for. */
export interface At {
  readonly start: number;
  readonly end: number;
}

export abstract class Lowering {
  readonly code = new FnCode();
  readonly variables = new Map<VarSymbol, VReg>();
  /** Registers that hold the cells of variables. */
  protected readonly cells = new Map<VarSymbol, VReg>();
  /** Registers that say whether a variable has a value, where that may be in doubt; of one in a cell: the flag's cell. */
  protected readonly flags = new Map<VarSymbol, VReg>();
  private readonly folding: FoldContext;

  constructor(
    protected readonly program: ProgramState,
    /** The function being lowered; null: module-level code. */
    protected readonly fn: FnSymbol | null,
    protected readonly env: Env,
  ) {
    this.folding = { known: program.known, rep: (type) => repIn(type, env) };
  }

  /** Evaluates into `target`, or anywhere: a variable's own register is answered without a copy. */
  abstract value(e: Expr, target?: Register): Register;
  /** Lowers the statements of a block. */
  abstract block(b: Block): void;
  protected abstract statement(s: Stmt): void;

  protected temp(rep: Rep): VReg {
    return this.code.newRegister(rep);
  }
  protected fold(e: Expr): Constant | null {
    return fold(e, this.folding);
  }

  // Representations.

  protected repOf(type: Type): Rep {
    const rep = repIn(type, this.env);
    if (rep === null) throw new Error("nothing has no representation");
    return rep;
  }
  /** Representation of the value of an expression, where it stands; null: it has none. */
  protected repOrNull(e: Expr): Rep | null {
    for (let x = e; ; x = x.inner) {
      if (x.convert) return repIn(x.convert.to, this.env);
      if (x.kind !== "paren") return x.type ? repIn(x.type, this.env) : null;
    }
  }
  protected rep(e: Expr): Rep {
    const rep = this.repOrNull(e);
    if (rep === null) throw new Error("an expression without a value");
    return rep;
  }

  protected into(target: Register | undefined, from: Register): Register {
    if (target === undefined || target === from) return from;
    this.code.emit("MOVE", [target, from]);
    return target;
  }
  /** An instruction whose result goes to `target` or anywhere. */
  protected emitTo(
    op: OpName,
    rep: Rep,
    target: Register | undefined,
    args: readonly (Register | number)[],
    at: At | null,
  ): Register {
    const to = target ?? this.temp(rep);
    this.code.emit(op, [to, ...args], at && { start: at.start, end: at.end, operands: [] });
    return to;
  }

  /** A constant in a register. */
  protected load(c: Constant, target?: Register): Register {
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
  protected loadInt(n: number, target?: Register): Register {
    return this.load({ type: "i32", value: n }, target);
  }

  // Variables.

  /** Whether the variable may have no value where it is read: its declaration has not run, or no branch has given it one. */
  protected readFails(e: NameExpr): boolean {
    const symbol = e.symbol as VarSymbol;
    if (e.unset === true) return true;
    if (!symbol.mayBeReadEarly) return false;
    if (this.fn === null) return symbol.decl.file !== e.span.file;
    return symbol.owner === null ? !symbol.perRound || needsFlag(symbol) : symbol.owner !== this.fn;
  }

  /** Reads a variable; `e` is the place, null for reads that cannot fail. */
  protected read(symbol: VarSymbol, e: NameExpr | null, target?: Register): Register {
    const constant = this.program.known.get(symbol);
    if (constant) return this.load(constant, target);
    const global = this.program.globals.get(symbol);
    if (e && this.readFails(e)) {
      const flag = this.flagOf(symbol);
      if (flag)
        this.code.emit("CHECK_VALUE", [flag], { start: e.span.start, end: e.span.end, operands: [this.operand(e)] });
    }
    const rep = this.repOf(symbol.type);
    if (global) {
      const to = target ?? this.temp(rep);
      this.code.emit("LOAD_GLOBAL", [to, global.slot]);
      return to;
    }
    const cell = this.cells.get(symbol);
    if (cell) {
      const to = target ?? this.temp(rep);
      this.code.emit(`LOAD_SLOT_${upper(rep)}` as OpName, [to, cell, 0]);
      return to;
    }
    const register = this.variables.get(symbol);
    if (!register) throw new Error(`no place for ${symbol.name}`);
    return this.into(target, register);
  }
  private flagOf(symbol: VarSymbol): Register | null {
    const global = this.program.globals.get(symbol);
    if (global) {
      if (global.flag < 0) return null;
      const flag = this.temp("bool");
      this.code.emit("LOAD_GLOBAL", [flag, global.flag]);
      return flag;
    }
    const flag = this.flags.get(symbol);
    if (!flag) return null;
    if (!symbol.cell) return flag;
    const value = this.temp("bool");
    this.code.emit("LOAD_SLOT_BOOL", [value, flag, 0]);
    return value;
  }

  /** The field of an object in a register. */
  protected loadSlot(object: Register, slot: number, rep: Rep, target?: Register): Register {
    const to = target ?? this.temp(rep);
    this.code.emit(`LOAD_SLOT_${upper(rep)}` as OpName, [to, object, slot]);
    return to;
  }

  /** How an error message can show the value of `e`. */
  protected operand(e: Expr): SpanOperand {
    const inner = stripped(e);
    const name = inner.kind === "name" ? inner.name : null;
    return { start: e.span.start, end: e.span.end, type: this.rep(e), name };
  }
}
