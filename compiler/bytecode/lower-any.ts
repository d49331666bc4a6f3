/** Lowering of conversions: to `any`, out of one with a check, and the operators on values of that type. */

import type { Rep, Type } from "../analysis/types.js";
import { prune } from "../infer/types.js";
import { ANY_ARITH } from "../layout/immediates.js";
import type { Conversion, Expr } from "../syntax/ast.js";
import type { Register } from "./code.js";
import { ARITH, type Arith, type At, upper } from "./lower-base.js";
import { ConditionLowering } from "./lower-condition.js";
import type { OpName } from "./ops.js";

export abstract class AnyLowering extends ConditionLowering {
  /** Evaluates without the conversion that the expression itself asks for. */
  protected abstract plain(e: Expr, target?: Register): Register;

  protected converted(e: Expr, convert: Conversion, target?: Register): Register {
    const from = this.ownRep(e);
    const to = this.repOf(convert.to);
    // Inside of a function for all types both may have one representation: an array seen as [any] is the same array.
    if (from === to) return this.plain(e, target);
    const value = this.plain(e);
    if (to === "any") return this.wrapped(value, from, target);
    return this.unwrapped(value, convert.to, e.span, target);
  }
  /** Representation before the conversion. */
  private ownRep(e: Expr): Rep {
    if (e.kind === "paren") return this.rep(e.inner);
    return this.repOf(e.type!);
  }

  protected wrapped(value: Register, rep: Rep, target?: Register): Register {
    if (rep === "any") return this.into(target, value);
    const at: At = { start: this.code.here, end: this.code.here };
    const fails = rep === "i64" || rep === "u64";
    return this.emitTo(`WRAP_${upper(rep)}` as OpName, "any", target, [value], fails ? at : null);
  }
  protected unwrapped(value: Register, type: Type, at: At, target?: Register): Register {
    const rep = this.repOf(type);
    if (rep === "any") return this.into(target, value);
    const op = `UNWRAP_${upper(rep)}` as OpName;
    const wanted = rep === "ref" ? [this.program.types.type(prune(type), this.env)] : [];
    return this.emitTo(op, rep, target, [value, ...wanted], at);
  }

  protected anyArith(op: string, a: Register, b: Register, at: At, target?: Register): Register {
    return this.emitTo("ANY_ARITH", "any", target, [a, b, ANY_ARITH[ARITH[op as Arith]]], at);
  }
}
