/** Order and equality of numbers of any types by their mathematical value (core 12); bools count as 0 or 1. */
import { REP_f64, REP_u64 } from "../gen/layout";
import { cmpI64F64, cmpI64U64, cmpU64F64 } from "../number/integer";

/** A NaN is on one side. */
export const UNORDERED: i32 = 2;

/** Of two opened numbers: -1, 0, 1 or UNORDERED. All but u64 and f64 fit an i64. */
export function compareNumbers(repA: i32, a: i64, repB: i32, b: i64): i32 {
  if (repA == REP_f64) {
    const x = reinterpret<f64>(a);
    if (repB == REP_f64) {
      const y = reinterpret<f64>(b);
      return x < y ? -1 : x > y ? 1 : x == y ? 0 : UNORDERED;
    }
    return swapped(repB == REP_u64 ? cmpU64F64(<u64>b, x) : cmpI64F64(b, x));
  }
  if (repB == REP_f64) return repA == REP_u64 ? cmpU64F64(<u64>a, reinterpret<f64>(b)) : cmpI64F64(a, reinterpret<f64>(b));
  if (repA == REP_u64) {
    if (repB == REP_u64) return <i32>(<u64>a > <u64>b) - <i32>(<u64>a < <u64>b);
    return swapped(cmpI64U64(b, <u64>a));
  }
  if (repB == REP_u64) return cmpI64U64(a, <u64>b);
  return <i32>(a > b) - <i32>(a < b);
}
// @ts-ignore: decorator
@inline
function swapped(order: i32): i32 {
  return order == UNORDERED ? order : -order;
}
