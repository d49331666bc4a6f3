/**
 * How each operation is split between its own place and the place of its use. What tree building (trees.ts), live ranges
 * (ranges.ts) and lowering must agree on.
 *
 *   i32.add          no statement; the value may be computed where it is used
 *   i64.div_s.check  statement: the tests; the value may follow later, its operands are read at both places
 *   i64.add.check    statement: the sum, then the test on the sum; the result goes to a local
 *   call, print      statement only
 */
import { isConstant, isPure, type SsaOp, type Value } from "../ssa/index.js";

/** Where an operand is read: by the op's statement, with its value, or both (then it must be in a local, or a constant). */
export type Reading = "statement" | "value" | "both";
export interface Shape {
  /** Leaves something at the op's own place: a test, a store, a call. */
  readonly statement: boolean;
  /** The result may be computed later than the statement. */
  readonly movable: boolean;
  reading(index: number): Reading;
}

const shape = (statement: boolean, movable: boolean, reading: Reading | ((i: number) => Reading)): Shape => ({
  statement,
  movable,
  reading: typeof reading === "string" ? () => reading : reading,
});
const PURE = shape(false, true, "value");
/** A pure op whose expression reads an operand more than once. */
const PURE_TWICE = shape(false, true, "both");
/** The value goes to a local at the op's own place. */
const IN_PLACE = shape(false, false, "value");
const STATEMENT = shape(true, false, "statement");
/** The test is on the result, so the operands are read by it too. */
const TEST_AFTER = shape(true, false, "both");
const TEST_BEFORE = shape(true, true, "both");
/** The index says which error it is. */
const CHECK_INDEX = shape(true, false, (i) => (i === 0 ? "both" : "statement"));
/** Only the second operand is tested. */
const TEST_SECOND = shape(true, true, (i) => (i === 1 ? "both" : "value"));

const hasConstant = (v: Value): boolean => v.args.some(isConstant);

/** The shape of an op. `forced`: the build has forced exits, whose calls store their arguments themselves. */
export function shapeOf(v: Value, forced: boolean): Shape {
  switch (v.op as SsaOp) {
    case "i32.add.check":
    case "i32.sub.check":
    case "i64.add.check":
    case "i64.sub.check":
      return hasConstant(v) ? TEST_BEFORE : TEST_AFTER;
    case "i32.mul.check":
      return hasConstant(v) ? TEST_BEFORE : STATEMENT;
    case "i32.div_s.check":
    case "i64.div_s.check":
    case "i64.mul.check":
    case "i32.neg.check":
    case "i64.neg.check":
    case "cast.check":
      return TEST_BEFORE;
    case "i32.div_u.check":
    case "i32.rem_s.check":
    case "i32.rem_u.check":
    case "i64.div_u.check":
    case "i64.rem_s.check":
    case "i64.rem_u.check":
    case "f64.div.check":
    case "f64.rem.check":
      return TEST_SECOND;
    case "cmp.i64.u64":
      return PURE_TWICE;
    case "check.index":
      return CHECK_INDEX;
    case "runtime":
      return STATEMENT;
    case "tailcall":
    case "tailcall.value":
      return TEST_AFTER;
    case "call.value":
      return TEST_AFTER;
    case "call":
      return forced ? TEST_AFTER : STATEMENT;
    case "check.budget":
    case "print":
    case "charge":
    case "check.depth":
    case "check.true":
    case "global.set":
    case "array.store":
    case "slot.store":
      return STATEMENT;
    case "global.get":
    case "array.length":
    case "array.data":
    case "array.load":
    case "slot.load":
      return PURE;
    // Where they stand: what they read is gone with the next call.
    case "failed":
    case "runtime.raw":
      return IN_PLACE;
    default:
      return isPure(v) ? PURE : STATEMENT;
  }
}
