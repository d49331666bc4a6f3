/**
 * Equality (types 18), and the deep one of `assert_eq` (16). Iterative: on the stack of heap/stack.ts are triples of two objects
 * whose elements are compared, and the number of the next ones. What differs anywhere ends the walk; so pairs that were met
 * once need not be met again, and values that share parts or contain themselves take as many steps as they have parts.
 *
 *               ==                                          deeply
 *   numbers     by value, bools as 0 and 1                  the same type, then by value
 *   strings     bytes                                       bytes
 *   enums       declaration, variant, entries               the same, entries deeply
 *   arrays      the same object                             elements
 *   structs     the same object                             TYPE and fields
 *   others      the same object                             the same object
 *
 * No answer because the object is the same where enums are compared: an entry may be NaN.
 */
import {
  ARRAY_data, ARRAY_length, KIND_ARRAY, KIND_ENUM, KIND_STRUCT, REP_any, REP_f64, REP_ref, SLOTS_count, TYPE_declaration, VARIANT_count, VARIANT_type,
} from "../gen/layout";
import { forget, FULL, KNOWN, met } from "../heap/pairs";
import { addressIn, keepLong } from "../heap/roots";
import { cut, height, peek, poke, pop, push3 } from "../heap/stack";
import { compareNumbers } from "./compare";
import { outOfMemory } from "./fail";
import { NO_MEMORY, stringEquals } from "./string";
import { isStringKind, kindOfObject, open, openElement, openEntry, repOf, shiftOf, value, variantOf } from "./values";

export const DIFFER: i32 = 0;
export const EQUAL: i32 = 1;
/** Answer of `look`: both are on the stack now. */
const ENTERED: i32 = 2;
const NO_ROOM: i32 = 3;

/** ANY_EQ and EQ_VALUE. */
export function anyEquals(a: i64, b: i64): i32 {
  keepLong(addressIn(a), addressIn(b), 0);
  return equal(REP_any, a, b, false);
}
export function refEquals(a: usize, b: usize): i32 {
  keepLong(a, b, 0);
  return equal(REP_ref, <i64>(<u64>a), <i64>(<u64>b), false);
}
/** Of two registers of a representation; what they refer to is kept alive by the caller. E0009 is the only failure. */
export function equal(rep: i32, a: i64, b: i64, deep: bool): i32 {
  const floor = height();
  forget();
  const repA = open(rep, a);
  const bitsA = value;
  const repB = open(rep, b);
  let answer = look(repA, bitsA, repB, value, deep);
  while (height() > floor && (answer == EQUAL || answer == ENTERED)) answer = step(deep);
  cut(floor);
  if (answer == NO_ROOM) {
    outOfMemory();
    return 0;
  }
  return answer;
}

/** Compares the next elements of the innermost objects. */
function step(deep: bool): i32 {
  const a = peek(2);
  const b = peek(1);
  const index = <u32>peek(0);
  const array = kindOfObject(a) == KIND_ARRAY;
  if (index >= (array ? load<u32>(a, ARRAY_length) : load<u32>(variantOf(a), VARIANT_count))) {
    pop();
    pop();
    pop();
    return EQUAL;
  }
  poke(0, index + 1);
  const repA = array ? openElement(a, index) : openEntry(a, index);
  const bits = value;
  const repB = array ? openElement(b, index) : openEntry(b, index);
  return look(repA, bits, repB, value, deep);
}

/** Compares two opened values; what is inside of them is put on the stack. */
function look(repA: i32, a: i64, repB: i32, b: i64, deep: bool): i32 {
  if (repA != REP_ref || repB != REP_ref) {
    if (repA != repB) return DIFFER;
    return <i32>(compareNumbers(repA, a, repB, b) == 0);
  }
  const x = <usize>a;
  const y = <usize>b;
  const kind = kindOfObject(x);
  if (isStringKind(kind)) {
    if (!isStringKind(kindOfObject(y))) return DIFFER;
    const same = stringEquals(x, y);
    return same == NO_MEMORY ? NO_ROOM : same;
  }
  if (kind == kindOfObject(y)) {
    if (kind == KIND_ENUM) {
      if (declarationOf(x) != declarationOf(y) || load<u16>(x, SLOTS_count) != load<u16>(y, SLOTS_count)) return DIFFER;
      return load<u32>(variantOf(x), VARIANT_count) == 0 ? EQUAL : down(x, y);
    }
    if (deep && kind == KIND_ARRAY) return lookArrays(x, y);
    if (deep && kind == KIND_STRUCT) return variantOf(x) == variantOf(y) ? down(x, y) : DIFFER;
  }
  return <i32>(x == y);
}
function declarationOf(value: usize): u32 {
  return load<u32>(load<u32>(variantOf(value), VARIANT_type), TYPE_declaration);
}
/** Elements of one scalar representation are compared here, others on the stack. */
function lookArrays(x: usize, y: usize): i32 {
  const length = load<u32>(x, ARRAY_length);
  if (length != load<u32>(y, ARRAY_length)) return DIFFER;
  if (length == 0) return EQUAL;
  const rep = repOf(x);
  if (rep < REP_ref && rep == repOf(y)) {
    const a = <usize>load<u32>(x, ARRAY_data);
    const b = <usize>load<u32>(y, ARRAY_data);
    if (rep != REP_f64) return <i32>(memory.compare(a, b, <usize>length << shiftOf(rep)) == 0);
    for (let at: usize = 0; at < <usize>length << 3; at += 8) if (load<f64>(a + at) != load<f64>(b + at)) return DIFFER;
    return EQUAL;
  }
  return down(x, y);
}
function down(x: usize, y: usize): i32 {
  const seen = met(x, y);
  if (seen == KNOWN) return EQUAL;
  return seen != FULL && push3(x, y, 0) ? ENTERED : NO_ROOM;
}
