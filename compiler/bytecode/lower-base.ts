/**
 * What the parts of the lowering share: the code being made, variables' registers, constants, operands for messages.
 */
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import { type Rep, repOf } from "../analysis/types.js";
import type { Expr, NameExpr } from "../syntax/ast.js";
import type { Pool } from "./assemble.js";
import type { Constant, SpanOperand } from "./chunk.js";
import { FnCode, type Register, type VReg } from "./code.js";
import { fold } from "./fold.js";

/** What all functions of a program share while they are lowered. */
export interface ProgramState {
  readonly pool: Pool;
  readonly functionIndex: ReadonlyMap<FnSymbol, number>;
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

export abstract class Lowering {
  readonly code = new FnCode();
  readonly variables = new Map<VarSymbol, VReg>();
  /** Registers that say whether a variable of branches has a value, where that may be in doubt. */
  protected readonly flags = new Map<VarSymbol, VReg>();

  constructor(
    protected readonly program: ProgramState,
    /** The function being lowered; null: module-level code. */
    protected readonly fn: FnSymbol | null,
  ) {}

  /** Evaluates into `target`, or anywhere: a variable's own register is answered without a copy. */
  abstract value(e: Expr, target?: Register): Register;

  protected temp(rep: Rep): VReg {
    return this.code.newRegister(rep);
  }
  protected fold(e: Expr): Constant | null {
    return fold(e, this.program.known);
  }

  protected into(target: Register | undefined, from: Register): Register {
    if (target === undefined || target === from) return from;
    this.code.emit("MOVE", [target, from]);
    return target;
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

  /** Whether the variable may have no value where it is read: its declaration has not run, or no branch has given it one. */
  protected readFails(e: NameExpr): boolean {
    const symbol = e.symbol as VarSymbol;
    return e.unset === true || (this.fn !== null && symbol.owner === null && symbol.mayBeReadEarly);
  }

  /** How an error message can show the value of `e`. */
  protected operand(e: Expr): SpanOperand {
    const inner = stripped(e);
    const name = inner.kind === "name" ? inner.name : null;
    return { start: e.span.start, end: e.span.end, type: repOf(e.type!), name };
  }
}
