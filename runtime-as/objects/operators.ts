/** Operators on `any` values: both sides must have the same type, except that all numbers have an order among each other. */
import { E0001, E0004, E0006, E0019_1 } from "../gen/errors";
import { NAME_FN_CLOSE, NAME_GREATER_EQUAL, NAME_LESS, NAME_LESS_EQUAL, NAME_MINUS, NAME_PLUS, REP_bool, REP_f64, REP_i32, REP_i64, REP_ref, REP_u32, ANY_ARITH_ADD, ANY_ARITH_DIV, ANY_ARITH_MUL, ANY_ARITH_SUB, ANY_ORDER_GT, ANY_ORDER_LE, ANY_ORDER_LT } from "../gen/layout";
import { addressIn, keepLong } from "../heap/roots";
import { fmod, mulOverflows } from "../number/integer";
import { wrapF64, wrapI32, wrapI64, wrapU32, wrapU64 } from "./any";
import { compareNumbers, UNORDERED } from "./compare";
import { failText, failValues, outOfMemory, partString, partType } from "./fail";
import { nameOf } from "./sink";
import { NO_MEMORY, stringConcat, stringOrder } from "./string";
import { isString, openAny, value } from "./values";

function cannot(name: u32, a: i64, b: i64): i64 {
  partString(nameOf(name));
  partType(a);
  partType(b);
  failText(E0019_1);
  return 0;
}

/** a op b; `op` is an ANY_ARITH. */
export function anyArith(a: i64, b: i64, op: i32): i64 {
  const rep = openAny(a);
  const x = value;
  const other = openAny(b);
  const y = value;
  if (rep != other || rep == REP_bool) return cannot(NAME_PLUS + <u32>op, a, b);
  if (rep == REP_ref) {
    if (op != ANY_ARITH_ADD || !isString(rep, x) || !isString(rep, y)) return cannot(NAME_PLUS + <u32>op, a, b);
    const s = stringConcat(<usize>x, <usize>y);
    return <i64>(<u64>(s == 0 ? outOfMemory() : s));
  }
  if (rep == REP_f64) return floats(reinterpret<f64>(x), reinterpret<f64>(y), op);
  if (op >= ANY_ARITH_DIV && y == 0) {
    failValues(op == ANY_ARITH_DIV ? E0001 : E0006, x, y);
    return 0;
  }
  switch (rep) {
    case REP_i32: {
      // Whatever two i32 make fits an i64.
      const r = op == ANY_ARITH_ADD ? x + y : op == ANY_ARITH_SUB ? x - y : op == ANY_ARITH_MUL ? x * y : op == ANY_ARITH_DIV ? x / y : x % y;
      return r == <i64>(<i32>r) ? wrapI32(<i32>r) : overflow(x, y);
    }
    case REP_i64:
      return longs(x, y, op);
    case REP_u32:
      return wrapU32(<u32>unsigned(<u64>x, <u64>y, op));
    default:
      return wrapU64(unsigned(<u64>x, <u64>y, op));
  }
}
function overflow(x: i64, y: i64): i64 {
  failValues(E0004, x, y);
  return 0;
}
function longs(x: i64, y: i64, op: i32): i64 {
  switch (op) {
    case ANY_ARITH_ADD: {
      const r = x + y;
      return ((x ^ r) & (y ^ r)) < 0 ? overflow(x, y) : wrapI64(r);
    }
    case ANY_ARITH_SUB: {
      const r = x - y;
      return ((x ^ y) & (x ^ r)) < 0 ? overflow(x, y) : wrapI64(r);
    }
    case ANY_ARITH_MUL:
      return mulOverflows(x, y) ? overflow(x, y) : wrapI64(x * y);
    case ANY_ARITH_DIV:
      return y == -1 && x == i64.MIN_VALUE ? overflow(x, y) : wrapI64(x / y);
    default:
      return wrapI64(y == -1 ? 0 : x % y);
  }
}
function unsigned(x: u64, y: u64, op: i32): u64 {
  return op == ANY_ARITH_ADD ? x + y : op == ANY_ARITH_SUB ? x - y : op == ANY_ARITH_MUL ? x * y : op == ANY_ARITH_DIV ? x / y : x % y;
}
function floats(x: f64, y: f64, op: i32): i64 {
  if (op >= ANY_ARITH_DIV && y == 0) {
    failValues(op == ANY_ARITH_DIV ? E0001 : E0006, reinterpret<i64>(x), reinterpret<i64>(y));
    return 0;
  }
  return wrapF64(op == ANY_ARITH_ADD ? x + y : op == ANY_ARITH_SUB ? x - y : op == ANY_ARITH_MUL ? x * y : op == ANY_ARITH_DIV ? x / y : fmod(x, y));
}

export function anyNegate(a: i64): i64 {
  const rep = openAny(a);
  const x = value;
  switch (rep) {
    case REP_i32:
      return x == <i64>i32.MIN_VALUE ? overflow(x, 0) : wrapI32(-(<i32>x));
    case REP_i64:
      return x == i64.MIN_VALUE ? overflow(x, 0) : wrapI64(-x);
    case REP_f64:
      return wrapF64(-reinterpret<f64>(x));
    default:
      partString(nameOf(NAME_MINUS));
      partType(a);
      failText(E0019_1);
      return 0;
  }
}

/** a op b; `op` is 0 to 3 for < <= > >=. */
export function anyOrder(a: i64, b: i64, op: i32): i32 {
  const rep = openAny(a);
  const x = value;
  const other = openAny(b);
  const y = value;
  let order: i32;
  if (isString(rep, x) && isString(other, y)) {
    keepLong(addressIn(a), addressIn(b), 0);
    order = stringOrder(<usize>x, <usize>y);
    if (order == NO_MEMORY) {
      outOfMemory();
      return 0;
    }
  } else if (rep < REP_bool && other < REP_bool) order = compareNumbers(rep, x, other, y);
  else {
    cannot(op == ANY_ORDER_LT ? NAME_LESS : op == ANY_ORDER_LE ? NAME_LESS_EQUAL : op == ANY_ORDER_GT ? NAME_FN_CLOSE : NAME_GREATER_EQUAL, a, b);
    return 0;
  }
  if (order == UNORDERED) return 0;
  return <i32>(op == ANY_ORDER_LT ? order < 0 : op == ANY_ORDER_LE ? order <= 0 : op == ANY_ORDER_GT ? order > 0 : order >= 0);
}
