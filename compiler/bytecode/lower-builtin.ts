/** Lowering of the built-in functions (types 16). */

import { isNamed, type Rep } from "../analysis/types.js";
import { prune } from "../infer/types.js";
import { RANGE } from "../layout/immediates.js";
import type { CallExpr, Expr } from "../syntax/ast.js";
import type { Register } from "./code.js";
import { type At, stripped, upper } from "./lower-base.js";
import { CallLowering } from "./lower-call.js";
import type { OpName } from "./ops.js";

export abstract class BuiltinLowering extends CallLowering {
  protected abstract printText(text: Register, at: At): void;

  protected builtin(e: CallExpr, name: string, target?: Register): Register {
    const at = e.callee.span;
    const [first, second, third] = e.args;
    switch (name) {
      case "typeof":
        return this.typeOf(first!, e.span, target);
      case "istype": {
        const type = this.typeOf(first!, e.span);
        const name = this.value(second!);
        return this.emitTo("EQ_STRING", "bool", target, [type, name], e.span);
      }
      case "len":
        return this.length(first!, target);
      case "push": {
        const [array, value] = this.values([first!, second!]) as [Register, Register];
        this.code.at(at.start);
        const any = this.repOf(this.elementType(this.typeOfValue(first!))) === "any";
        this.code.emit(any ? "PUSH_ANY" : "PUSH", [array, value], { start: at.start, end: at.end, operands: [] });
        return this.into(target, array);
      }
      case "pop": {
        const rep = this.repOf(this.elementType(this.typeOfValue(first!)));
        const array = this.value(first!);
        this.code.at(at.start);
        return this.emitTo(`POP_${upper(rep)}` as OpName, rep, target, [array], at);
      }
      case "sorted": {
        const array = this.value(first!);
        this.code.at(at.start);
        return this.emitTo("SORTED", "ref", target, [array], at);
      }
      case "range":
        return this.range(e, target);
      case "input":
        if (first) this.printText(this.value(first), at);
        this.code.at(at.start);
        return this.emitTo("INPUT", "ref", target, [], at);
      case "int":
      case "float": {
        const value = this.asAny(first!);
        this.code.at(at.start);
        return name === "int"
          ? this.emitTo("INT_OF", "i32", target, [value], at)
          : this.emitTo("FLOAT_OF", "f64", target, [value], at);
      }
      case "timestamp":
        return this.emitTo("TIMESTAMP", "f64", target, [], null);
      case "assert_eq": {
        const [label, actual, expected] = this.values([first!, second!, third!]) as [Register, Register, Register];
        const a = this.wrapped(actual, this.rep(second!));
        const b = this.wrapped(expected, this.rep(third!));
        this.code.at(at.start);
        return this.emitTo("ASSERT_EQ", "bool", target, [label, a, b], at);
      }
      default:
        throw new Error(`no lowering of ${name}`);
    }
  }
  private asAny(e: Expr): Register {
    return this.wrapped(this.value(e), this.rep(e));
  }

  /** The name of a value's type; where the type says it, the value is only evaluated for its effects. */
  private typeOf(arg: Expr, at: At, target?: Register): Register {
    const rep = this.rep(arg);
    const name = this.staticName(arg, rep);
    if (name !== null) {
      const inner = stripped(arg);
      if (this.fold(arg) === null && (inner.kind !== "name" || (inner.symbol?.kind === "var" && this.readFails(inner))))
        this.value(arg);
      return this.load({ type: "ref", text: name }, target);
    }
    const value = this.value(arg);
    this.code.at(at.start);
    return this.emitTo(rep === "any" ? "TYPEOF_ANY" : "TYPEOF_REF", "ref", target, [value], at);
  }
  private staticName(arg: Expr, rep: Rep): string | null {
    if (rep !== "ref" && rep !== "any") return rep;
    const type = this.typeOfValue(arg);
    switch (type.kind) {
      case "prim":
        return type.name;
      case "array":
        return "array";
      case "fn":
        return "function";
      case "struct":
      case "enum":
        return type.decl.name;
      case "range":
        return "range_iterator";
      default:
        return null;
    }
  }

  private length(arg: Expr, target?: Register): Register {
    const type = prune(this.typeOfValue(arg));
    const value = this.value(arg);
    if (type.kind === "array") return this.emitTo("LEN_ARRAY", "i32", target, [value], null);
    if (isNamed(type, "string")) return this.emitTo("LEN_STRING", "i32", target, [value], null);
    // In a function for all types; an `any` is looked at as what it is.
    if (this.rep(arg) === "any") return this.emitTo("LEN_ANY", "i32", target, [value], arg.span);
    return this.emitTo("LEN_VALUE", "i32", target, [value], null);
  }

  private range(e: CallExpr, target?: Register): Register {
    const reps = e.args.map((a) => this.rep(a));
    const values = this.values(e.args).map((v, i) => this.toI64(v, reps[i]!));
    const zero = (): Register => this.load({ type: "i64", value: 0n });
    const [start, end] = e.args.length === 1 ? [zero(), values[0]!] : [values[0]!, values[1]!];
    const step = values[2] ?? this.load({ type: "i64", value: 1n });
    const parts = e.args.length === 1 ? [RANGE.U64_END] : [RANGE.U64_START, RANGE.U64_END, RANGE.U64_STEP];
    const flags = parts.reduce((all: number, flag, i) => (reps[i] === "u64" ? all | flag : all), 0);
    this.code.at(e.callee.span.start);
    return this.emitTo("RANGE", "ref", target, [start, end, step, flags], e.callee.span);
  }
}
