/** What `range(...)` makes: an iterator over i64 values that is used up once. */
import { E0012, E0030_5 } from "../gen/errors";
import { KIND_RANGE, RANGE_SIZE, RANGE_end, RANGE_flags, RANGE_kind, RANGE_logged, RANGE_next, RANGE_start, RANGE_step, RANGE_FLAG_U64_END, RANGE_FLAG_U64_START, RANGE_FLAG_U64_STEP } from "../gen/layout";
import { allocate } from "../heap/objects";
import { keep } from "../heap/roots";
import { failValues, outOfMemory } from "./fail";

/** `unsigned`: RANGE_FLAG bits, which say what is a u64. */
export function newRange(start: i64, end: i64, step: i64, unsigned: i32): usize {
  if ((unsigned & RANGE_FLAG_U64_START && start < 0) || (unsigned & RANGE_FLAG_U64_END && end < 0) || (unsigned & RANGE_FLAG_U64_STEP && step < 0)) {
    failValues(E0030_5, start, end);
    return 0;
  }
  if (step == 0) {
    failValues(E0012, start, end);
    return 0;
  }
  keep(0, 0);
  const range = allocate(RANGE_SIZE);
  if (range == 0) return outOfMemory();
  store<u8>(range, 0, RANGE_logged);
  store<u8>(range, KIND_RANGE, RANGE_kind);
  store<u16>(range, 0, RANGE_flags);
  store<i64>(range, start, RANGE_start);
  store<i64>(range, end, RANGE_end);
  store<i64>(range, step, RANGE_step);
  store<i64>(range, start, RANGE_next);
  return range;
}
export function rangeMore(range: usize): i32 {
  const next = load<i64>(range, RANGE_next);
  const end = load<i64>(range, RANGE_end);
  return <i32>(load<i64>(range, RANGE_step) > 0 ? next < end : next > end);
}
/** The next value of a range that has one. */
export function rangeTake(range: usize): i64 {
  const value = load<i64>(range, RANGE_next);
  const step = load<i64>(range, RANGE_step);
  const end = load<i64>(range, RANGE_end);
  // A step over the end of i64 is one over the range's end.
  const left = step > 0 ? <u64>end - <u64>value : <u64>value - <u64>end;
  const length = step > 0 ? <u64>step : 0 - <u64>step;
  store<i64>(range, length >= left ? end : value + step, RANGE_next);
  return value;
}
