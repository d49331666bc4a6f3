/**
 * Lowering of calls. Arguments are written where the callee's window will start, as soon as nothing in between can call or
 * allocate: outgoing slots do not survive a call, and a collection does not look at them.
 */
import type { FnSymbol } from "../analysis/symbols.js";
import { repOf, typeName } from "../analysis/types.js";
import { parameterRegisters } from "../layout/frame.js";
import type { CallExpr, Expr } from "../syntax/ast.js";
import { isOut, type OutSlot, type Register } from "./code.js";
import { ConditionLowering } from "./lower-condition.js";

export abstract class CallLowering extends ConditionLowering {
  /** Lowers a call; the register of a function without a result means nothing. */
  protected call(e: CallExpr, target?: Register): Register {
    if (e.builtin === "typeof") return this.typeOf(e, target);
    if (e.builtin === "len") {
      const s = this.value(e.args[0]!);
      const to = target ?? this.temp("i32");
      this.code.emit("LEN_STRING", [to, s]);
      return to;
    }
    const fn = e.fn!;
    const slots = this.passArguments(e);
    const result =
      fn.result.kind !== "prim" ? null : target !== undefined && !isOut(target) ? target : this.temp(repOf(fn.result));
    const { start, end } = e.callee.span;
    this.code.at(start);
    this.code.call(this.program.functionIndex.get(fn)!, slots, result, { start, end, operands: [] });
    return result === null ? { out: 0, rep: "i32" } : this.into(target, result);
  }

  /** Writes the arguments to the outgoing slots; answers how many those are. */
  private passArguments(e: CallExpr): number {
    const reps = e.fn!.params.map((p) => repOf(p.type));
    const slots: OutSlot[] = parameterRegisters(reps).map((out, i) => ({ out, rep: reps[i]! }));
    const last = e.args.findLastIndex(hasSafepoint);
    const waiting: Register[] = [];
    // Arguments before one that calls wait in registers. Plain loops: calls nest, and every frame counts.
    for (let i = 0; i < e.args.length; i++) {
      if (i < last) waiting.push(this.value(e.args[i]!));
      else this.value(e.args[i]!, slots[i]!);
    }
    for (let i = 0; i < waiting.length; i++) this.code.emit("MOVE", [slots[i]!, waiting[i]!]);
    return slots.length;
  }

  /** Whether returning the value of `e` is a tail call (extensions 17.4): a function whose result is ours as it is. */
  protected isTailCall(e: Expr): e is CallExpr & { fn: FnSymbol } {
    return (
      e.kind === "call" &&
      e.fn !== undefined &&
      this.fn !== null &&
      this.fn.result.kind === "prim" &&
      e.fn.result.kind === "prim" &&
      repOf(e.fn.result) === repOf(this.fn.result)
    );
  }
  protected tailCall(e: CallExpr & { fn: FnSymbol }): void {
    const slots = this.passArguments(e);
    const { start, end } = e.callee.span;
    this.code.at(start);
    this.code.tailCall(this.program.functionIndex.get(e.fn)!, slots, { start, end, operands: [] });
  }

  private typeOf(e: CallExpr, target?: Register): Register {
    const arg = e.args[0]!;
    if (this.fold(arg) === null && (arg.kind !== "name" || this.readFails(arg))) this.value(arg);
    return this.load({ type: "ref", text: typeName(arg.type!) }, target);
  }
}

/** Does evaluating this call an Orus function, or allocate? Then nothing may wait in outgoing slots meanwhile. */
function hasSafepoint(e: Expr): boolean {
  const work: Expr[] = [e];
  for (let x = work.pop(); x; x = work.pop()) {
    switch (x.kind) {
      case "call":
        if (x.builtin === undefined) return true;
        work.push(...x.args);
        break;
      case "paren":
        work.push(x.inner);
        break;
      case "index":
        return true;
      case "cast":
        if (repOf(x.type!) === "ref") return true;
        work.push(x.operand);
        break;
      case "unary":
        work.push(x.operand);
        break;
      case "binary":
        // Comparing strings may bring a rope's bytes together.
        if (repOf(x.left.type!) === "ref") return true;
        work.push(x.left, x.right);
        break;
      case "logic":
        work.push(x.left, x.right);
        break;
      case "cond":
        work.push(x.cond, x.then, x.otherwise);
        break;
    }
  }
  return false;
}
