/**
 * Operations inside of a `try`: their errors go on at the handler, natively, so what is caught in a loop costs no exit.
 *
 *   ADD_I32 r2, r0, r1      v4 = i32.add v0, v1                     the test, in plain operations
 *                           v5 = …  (v0 ^ v4) & (v1 ^ v4) < 0
 *                           branch v5, b7, b6
 *                       b6: v6 = i32.add.check v0, v1 @3 {…}        the operation itself, which cannot fail any more
 *                       b7: raise E0004 @3                          sets the pending error
 *                           jump b2(v0, v1)                         the handler, with its registers as they were before
 *
 * A handler is a block like any other; its registers are parameters. So passes and back end know nothing of `try`.
 */
import type { Rep } from "../analysis/types.js";
import type { HelperName, HelperRow } from "../layout/helpers.js";
import { HELPERS } from "../layout/helpers.js";
import { tyOf, type Value } from "./ir.js";
import type { SsaOp } from "./ops.js";
import { errorCode } from "./ops.js";
import { compare, type Emit } from "./translate.js";

/** A condition under which an operation fails, as an i32, and the error's code. */
export interface Failure {
  readonly when: Value;
  readonly code: string;
  /** Another code, if something else holds as well: tested on the way to the handler only. */
  readonly or: { readonly when: () => Value; readonly code: string } | null;
}

type Int = "i32" | "i64";
const LEAST = { i32: -(2 ** 31), i64: -(2n ** 63n) } as const;

/** The ways in which a checked operation fails, in the order in which they are tested. Appends the tests. */
export function failuresOf(e: Emit, op: SsaOp, args: readonly Value[], aux: Value["aux"]): Failure[] {
  const failure = (when: Value, divisorIsZero = false): Failure => ({
    when,
    code: errorCode(op, aux, divisorIsZero),
    or: null,
  });
  const [x, y] = args as [Value, Value];
  if (op === "check.true") return [failure(e.pure("i32.eqz", [x], "bool"))];
  const orNegative = (rep: Rep): Failure["or"] => ({
    when: () => compare(e, "LT", rep, x, e.constant(rep, 0)),
    code: errorCode(op, aux, true),
  });
  if (op === "check.index") return [{ ...failure(compare(e, "LE", "u32", y, x)), or: orNegative("i32") }];
  if (aux === "I64_TO_INDEX") return [{ ...failure(castFails(e, aux, x)), or: orNegative("i64") }];
  if (op === "cast.check") return [failure(castFails(e, aux as string, x))];
  const [type, what] = op.split(".") as [Int | "f64", string];
  if (type === "f64") return [failure(e.pure("f64.eq", [y, e.constant("f64", 0)], "bool"))];
  const rep: Rep = type;
  const op2 = (name: string, a: Value, b: Value): Value => e.pure(`${type}.${name}` as SsaOp, [a, b], rep);
  const negative = (v: Value): Value => compare(e, "LT", rep, v, e.constant(rep, 0));
  const isLeast = (v: Value): Value => compare(e, "EQ", rep, v, e.constant(rep, LEAST[type]));
  const isZero = (v: Value): Value => compare(e, "EQ", rep, v, e.constant(rep, 0));
  switch (what) {
    case "add": {
      const sum = op2("add", x, y);
      return [failure(negative(op2("and", op2("xor", x, sum), op2("xor", y, sum))))];
    }
    case "sub": {
      const difference = op2("sub", x, y);
      return [failure(negative(op2("and", op2("xor", x, y), op2("xor", x, difference))))];
    }
    case "mul": {
      if (type === "i64") return [failure(e.pure("i64.mul.overflows", [x, y], "bool"))];
      const long = (v: Value): Value => e.pure("i64.extend_s", [v], "i64");
      const product = e.pure("i64.mul", [long(x), long(y)], "i64");
      return [failure(compare(e, "NE", "i64", long(e.pure("i32.wrap", [product], "i32")), product))];
    }
    case "neg":
      return [failure(isLeast(x))];
    case "div_s": {
      const both = e.pure("i32.and", [isLeast(x), compare(e, "EQ", rep, y, e.constant(rep, -1))], "bool");
      return [failure(isZero(y), true), failure(both)];
    }
    case "div_u":
    case "rem_s":
    case "rem_u":
      return [failure(isZero(y), true)];
    default:
      throw new Error(`no test of ${op} inside of a try`);
  }
}

/** Bounds of a float that fits an integer type: outside of them, or no number, the cast fails. */
const FLOAT_BOUNDS: Readonly<Record<string, readonly [number, number, boolean]>> = {
  I32: [-(2 ** 31) - 1, 2 ** 31, false],
  I64: [-(2 ** 63), 2 ** 63, true],
  U32: [-1, 2 ** 32, false],
  U64: [-1, 2 ** 64, false],
};
function castFails(e: Emit, op: string, x: Value): Value {
  const [from, to] = op.split("_TO_") as [string, string];
  if (from === "F64") {
    const [low, high, inclusive] = FLOAT_BOUNDS[to]!;
    const above = e.pure(inclusive ? "f64.le" : "f64.lt", [e.constant("f64", low), x], "bool");
    const below = e.pure("f64.lt", [x, e.constant("f64", high)], "bool");
    return e.pure("i32.eqz", [e.pure("i32.and", [above, below], "bool")], "bool");
  }
  if (from === "U32") return compare(e, "LT", "i32", x, e.constant("i32", 0));
  const rep: Rep = from === "I32" ? "i32" : "i64";
  if (from === "I32" || to === "U64" || op === "U64_TO_I64") return compare(e, "LT", rep, x, e.constant(rep, 0));
  // The largest number of the target, compared without sign.
  const most = to === "I32" || to === "INDEX" ? 0x7fffffff : 0xffffffff;
  return compare(e, "LT", "u64", e.constant("u64", most), x);
}

/** Whether a runtime function that allocates has failed, by its result. */
export function runtimeFailed(e: Emit, helper: HelperName, result: Value): Value {
  const { fails } = HELPERS[helper] as HelperRow;
  if (result.type === "ref") return e.pure("ref.null", [result], "bool");
  return compare(e, "EQ", result.type === tyOf("i64") ? "i64" : "i32", result, e.constant("i32", fails!));
}
