/**
 * `sorted`: a stable merge sort, one typed loop for each representation. Short runs are sorted by insertion, then runs are
 * merged from one array into another and back; neighbours that are in order already are copied as they are.
 *
 *   bool     false first                 f64      NaN last
 *   string   by bytes, a prefix first    any      all numbers, by value and NaN last; or all bools; or all strings
 *
 * Before a comparison of strings their ropes are flattened, so that nothing is allocated while elements move.
 */
import { E0016 } from "../gen/errors";
import {
  ELEMENTS_SIZE, KIND_ROPE, REP_any, REP_bool, REP_f64, REP_i32, REP_i64, REP_ref, REP_u32, REP_u64,
} from "../gen/layout";
import { keep, keepLong } from "../heap/roots";
import { copyArray, dataOf, lengthOfArray, newElements } from "./array";
import { bytesOf, kindOf, lengthOf } from "./bytes";
import { compareNumbers, UNORDERED } from "./compare";
import { failPlain, outOfMemory } from "./fail";
import { flatten } from "./rope";
import { bitsAt, isStringKind, kindOfObject, openAny, repOf, value } from "./values";

/** Elements of a run that insertion sorts. */
const RUN: u32 = 8;

/** What elements are compared by; as type arguments, so that each loop is compiled for one of them. */
type Plain = i32;
type Text = f32;
type Any = f64;

/** Classes of elements that have an order among each other. */
const NUMBERS: i32 = 0;
const BOOLS: i32 = 1;
const STRINGS: i32 = 2;
const NONE: i32 = 3;

export function sortedArray(array: usize): usize {
  const rep = repOf(array);
  if (rep >= REP_ref && !comparable(array, rep)) return 0;
  keepLong(array, 0, 0);
  const sorted = copyArray(array);
  const count = lengthOfArray(array);
  if (sorted == 0 || count < 2) return sorted;
  keepLong(array, sorted, 0);
  if (rep >= REP_ref && !flattenAll(sorted, rep)) return outOfMemory();
  keep(array, sorted);
  const spare = newElements(rep, count);
  if (spare == 0) return outOfMemory();
  const from = dataOf(sorted);
  const to = spare + ELEMENTS_SIZE;
  switch (rep) {
    case REP_i32:
      sort<i32, Plain>(from, to, count);
      break;
    case REP_u32:
      sort<u32, Plain>(from, to, count);
      break;
    case REP_i64:
      sort<i64, Plain>(from, to, count);
      break;
    case REP_u64:
      sort<u64, Plain>(from, to, count);
      break;
    case REP_f64:
      sort<f64, Plain>(from, to, count);
      break;
    case REP_bool:
      sort<u8, Plain>(from, to, count);
      break;
    case REP_ref:
      sort<u32, Text>(from, to, count);
      break;
    default:
      sort<i64, Any>(from, to, count);
  }
  return sorted;
}

/** Whether the references or `any` values of an array have an order; otherwise E0016. */
function comparable(array: usize, rep: i32): bool {
  const count = lengthOfArray(array);
  const data = dataOf(array);
  let all = -1;
  for (let i: u32 = 0; i < count; i++) {
    const kind = classOf(rep, bitsAt(data, rep, i));
    if (all < 0) all = kind;
    if (kind == NONE || kind != all) {
      failPlain(E0016);
      return false;
    }
  }
  return true;
}
function classOf(rep: i32, bits: i64): i32 {
  const kind = rep == REP_ref ? REP_ref : openAny(bits);
  if (kind == REP_bool) return BOOLS;
  if (kind != REP_ref) return NUMBERS;
  return isStringKind(kindOfObject(<usize>bits)) ? STRINGS : NONE;
}
/** False: no memory. */
function flattenAll(array: usize, rep: i32): bool {
  const count = lengthOfArray(array);
  for (let i: u32 = 0; i < count; i++) {
    const bits = bitsAt(dataOf(array), rep, i);
    if (rep == REP_any && openAny(bits) != REP_ref) return true;
    const s = <usize>bits;
    if (kindOf(s) != KIND_ROPE) continue;
    keep(s, 0);
    if (flatten(s) == 0) return false;
  }
  return true;
}

/** Whether x must come after y, which stands behind it. */
// @ts-ignore: decorator
@inline
function after<T, By>(x: T, y: T): bool {
  if (isInteger<By>()) {
    if (isFloat<T>()) return x > y || (x != x && y == y);
    return x > y;
  }
  if (sizeof<By>() == 4) return textAfter(<usize>x, <usize>y);
  return anyAfter(<i64>x, <i64>y);
}
function textAfter(a: usize, b: usize): bool {
  const left = lengthOf(a);
  const right = lengthOf(b);
  const order = memory.compare(bytesOf(a), bytesOf(b), min(left, right));
  return order > 0 || (order == 0 && left > right);
}
function anyAfter(a: i64, b: i64): bool {
  const repA = openAny(a);
  const bitsA = value;
  const repB = openAny(b);
  const bitsB = value;
  if (repA == REP_ref) return textAfter(<usize>bitsA, <usize>bitsB);
  const order = compareNumbers(repA, bitsA, repB, bitsB);
  return order == UNORDERED ? isNaN64(repA, bitsA) && !isNaN64(repB, bitsB) : order > 0;
}
function isNaN64(rep: i32, bits: i64): bool {
  const x = reinterpret<f64>(bits);
  return rep == REP_f64 && x != x;
}

// @ts-ignore: decorator
@inline
function at<T>(data: usize, index: u32): usize {
  return data + <usize>index * sizeof<T>();
}
/** Sorts `count` elements; `spare` has room for as many. */
function sort<T, By>(data: usize, spare: usize, count: u32): void {
  for (let from: u32 = 0; from < count; from += RUN) insert<T, By>(at<T>(data, from), min(RUN, count - from));
  let a = data;
  let b = spare;
  for (let width: u32 = RUN; width < count; width <<= 1) {
    for (let from: u32 = 0; from < count; ) {
      const middle = count - from <= width ? count : from + width;
      const end = count - middle <= width ? count : middle + width;
      merge<T, By>(a, b, from, middle, end);
      from = end;
    }
    const other = a;
    a = b;
    b = other;
  }
  if (a != data) memory.copy(data, a, <usize>count * sizeof<T>());
}
function insert<T, By>(data: usize, count: u32): void {
  for (let i: u32 = 1; i < count; i++) {
    const x = load<T>(at<T>(data, i));
    let to = i;
    while (to > 0 && after<T, By>(load<T>(at<T>(data, to - 1)), x)) {
      store<T>(at<T>(data, to), load<T>(at<T>(data, to - 1)));
      to--;
    }
    store<T>(at<T>(data, to), x);
  }
}
/** Merges from..middle and middle..end of `a` into `b`. */
function merge<T, By>(a: usize, b: usize, from: u32, middle: u32, end: u32): void {
  if (middle == end || !after<T, By>(load<T>(at<T>(a, middle - 1)), load<T>(at<T>(a, middle)))) {
    memory.copy(at<T>(b, from), at<T>(a, from), <usize>(end - from) * sizeof<T>());
    return;
  }
  let i = from;
  let j = middle;
  let to = at<T>(b, from);
  let x = load<T>(at<T>(a, i));
  let y = load<T>(at<T>(a, j));
  while (true) {
    if (after<T, By>(x, y)) {
      store<T>(to, y);
      to += sizeof<T>();
      if (++j == end) break;
      y = load<T>(at<T>(a, j));
    } else {
      store<T>(to, x);
      to += sizeof<T>();
      if (++i == middle) break;
      x = load<T>(at<T>(a, i));
    }
  }
  if (i < middle) memory.copy(to, at<T>(a, i), <usize>(middle - i) * sizeof<T>());
  else memory.copy(to, at<T>(a, j), <usize>(end - j) * sizeof<T>());
}
