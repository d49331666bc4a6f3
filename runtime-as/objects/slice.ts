/** Parts of arrays and arrays again and again (types 7.4, 7.5). */
import { E0015, E0015_1, E0015_2, E0015_3, E0015_4, E0015_5, E0017 } from "../gen/errors";
import { ARRAY_elements, SLICE_OPEN_END, SLICE_U64_END, SLICE_U64_START, SLICE_U64_STEP } from "../gen/layout";
import { blankArray, copyPart, dataOf, lengthOfArray, MOST, repeat } from "./array";
import { failValues } from "./fail";
import { bitsAt, repOf, setBits, shiftOf } from "./values";

/** Messages of E0015 and E0017 as numbers of errors. */
const START_OUT: i32 = E0015;
const END_OUT: i32 = E0015_1;
const END_BEFORE: i32 = E0015_2;
const START_NEGATIVE: i32 = E0015_3;
const END_NEGATIVE: i32 = E0015_4;
const STEP: i32 = E0015_5;
const REPEAT: i32 = E0017;

/** array[start..end..step]: both bounds belong to it; an end that is the length means the last element. */
export function sliceArray(array: usize, start: i64, end: i64, step: i64, flags: i32): usize {
  const length = <u64>lengthOfArray(array);
  if (flags & SLICE_OPEN_END) end = <i64>length;
  let error = 0;
  if (start < 0 && !(flags & SLICE_U64_START)) error = START_NEGATIVE;
  else if (end < 0 && !(flags & SLICE_U64_END)) error = END_NEGATIVE;
  else if (<u64>start > length) error = START_OUT;
  else if (<u64>end > length) error = END_OUT;
  else if (end < start) error = END_BEFORE;
  else if (step == 0 || (step < 0 && !(flags & SLICE_U64_STEP))) error = STEP;
  if (error != 0 || start >= <i64>length) {
    if (error == 0) return copyPart(array, 0, 0);
    failValues(error, start, end);
    return 0;
  }
  const last = min(<u64>end, length - 1);
  const count = <u32>((last - <u64>start) / <u64>step) + 1;
  if (step == 1) return copyPart(array, <u32>start, count);
  const slice = blankArray(count, <usize>load<u32>(array, ARRAY_elements), array);
  if (slice == 0) return 0;
  const rep = repOf(array);
  const from = dataOf(array);
  const to = dataOf(slice);
  for (let i: u32 = 0; i < count; i++) setBits(to, rep, i, bitsAt(from, rep, <u32>(<u64>start + <u64>i * <u64>step)));
  return slice;
}

/** The elements `times` times; `unsigned`: it is a u64. */
export function repeatArray(array: usize, times: i64, unsigned: i32): usize {
  const length = <u64>lengthOfArray(array);
  if ((times < 0 && unsigned == 0) || (length != 0 && <u64>times > <u64>MOST / length)) {
    failValues(REPEAT, 0, times);
    return 0;
  }
  const count = length == 0 ? 0 : <u32>(length * <u64>times);
  const result = blankArray(count, <usize>load<u32>(array, ARRAY_elements), array);
  if (result == 0 || count == 0) return result;
  const shift = shiftOf(repOf(array));
  const unit = <usize>length << shift;
  memory.copy(dataOf(result), dataOf(array), unit);
  repeat(dataOf(result), unit, <usize>count << shift);
  return result;
}
