/**
 * Arrays: making, copying, growing. An array is two objects, so that it can grow and stay where it is: the ARRAY that everybody
 * refers to, and the ELEMENTS that its elements lie in. `used` of these is always the length: the collector looks at that many.
 * Room grows by doubling and never shrinks.
 *
 * Code that knows the type of the elements reads and writes them itself; the functions here with `Any` in their names are for
 * arrays that are seen as [any], whatever their elements are.
 */
import { E0002, E0002_1, E0011 } from "../gen/errors";
import {
  ARRAY_SIZE, ARRAY_capacity, ARRAY_data, ARRAY_elements, ARRAY_flags, ARRAY_kind, ARRAY_length, ARRAY_logged, ARRAY_pad, ELEMENTS_SIZE, ELEMENTS_kind, ELEMENTS_logged, ELEMENTS_pad0, ELEMENTS_pad1, ELEMENTS_rep,
  ELEMENTS_used, KIND_ARRAY, KIND_ELEMENTS, REP_any, REP_ref, TYPE_rep, VM_failed,
} from "../gen/layout";
import { allocate } from "../heap/objects";
import { addressIn, keep, keepLong } from "../heap/roots";
import { unwrapFor, unwrapped, wrapBits } from "./any";
import { failPlain, failValues, outOfMemory } from "./fail";
import { bitsAt, repOf, setBits, shiftOf } from "./values";

/** Lengths are i32 in the language. */
export const MOST: u32 = 0x7fffffff;
/** The largest object. */
const MAX_BYTES: u64 = 0x7fffffff;
/** Room of the first growth. */
const FIRST_ROOM: u32 = 4;


/** The ELEMENTS with room for `count`, none used, not cleared; 0: no memory. May collect. */
export function newElements(rep: i32, count: u32): usize {
  const bytes = <u64>ELEMENTS_SIZE + (<u64>count << shiftOf(rep));
  if (bytes > MAX_BYTES) return 0;
  const at = allocate(<usize>bytes);
  if (at == 0) return 0;
  store<u8>(at, 0, ELEMENTS_logged);
  store<u8>(at, KIND_ELEMENTS, ELEMENTS_kind);
  store<u16>(at, rep, ELEMENTS_rep);
  store<u32>(at, 0, ELEMENTS_used);
  store<u32>(at, 0, ELEMENTS_pad0);
  store<u32>(at, 0, ELEMENTS_pad1);
  return at;
}
/**
 * An array of `count` elements that the caller writes at once, before anything else is allocated; E0009. What it copies from is kept alive by
 * `kept`.
 */
export function blankArray(count: u32, type: usize, kept: usize): usize {
  if (count > MOST) return outOfMemory();
  const rep = <i32>load<u8>(type, TYPE_rep);
  keep(kept, 0);
  const elements: usize = count == 0 ? 0 : newElements(rep, count);
  if (count != 0 && elements == 0) return outOfMemory();
  keep(kept, elements);
  const array = allocate(ARRAY_SIZE);
  if (array == 0) return outOfMemory();
  store<u8>(array, 0, ARRAY_logged);
  store<u8>(array, KIND_ARRAY, ARRAY_kind);
  store<u16>(array, 0, ARRAY_flags);
  store<u32>(array, count, ARRAY_length);
  store<u32>(array, count, ARRAY_capacity);
  store<u32>(array, elements == 0 ? 0 : <u32>elements + <u32>ELEMENTS_SIZE, ARRAY_data);
  store<u32>(array, <u32>type, ARRAY_elements);
  store<u32>(array, 0, ARRAY_pad);
  if (elements != 0) store<u32>(elements, count, ELEMENTS_used);
  return array;
}
// @ts-ignore: decorator
@inline
export function dataOf(array: usize): usize {
  return <usize>load<u32>(array, ARRAY_data);
}
// @ts-ignore: decorator
@inline
export function lengthOfArray(array: usize): u32 {
  return load<u32>(array, ARRAY_length);
}
function bytesFor(array: usize, count: u32): usize {
  return <usize>count << shiftOf(repOf(array));
}

export function newArray(count: i32, type: usize): usize {
  const array = blankArray(<u32>count, type, 0);
  if (array != 0) memory.fill(dataOf(array), 0, bytesFor(array, count));
  return array;
}
/** `count` times the register `bits`. */
export function fillArray(bits: i64, count: i32, type: usize): usize {
  const array = blankArray(<u32>count, type, mayRefer(type) ? <usize>addressIn(bits) : 0);
  if (array == 0 || count == 0) return array;
  const data = dataOf(array);
  setBits(data, repOf(array), 0, bits);
  repeat(data, bytesFor(array, 1), bytesFor(array, count));
  return array;
}
function mayRefer(type: usize): bool {
  const rep = <i32>load<u8>(type, TYPE_rep);
  return rep == REP_ref || rep == REP_any;
}
/** Fills `bytes` with the first `unit` of them, again and again. */
export function repeat(data: usize, unit: usize, bytes: usize): void {
  for (let done = unit; done < bytes; done <<= 1) memory.copy(data + done, data, min(done, bytes - done));
}
/** Of an array of the program image too. */
export function copyArray(array: usize): usize {
  return copyPart(array, 0, lengthOfArray(array));
}
/** A new array with `count` elements from a number on. */
export function copyPart(array: usize, from: u32, count: u32): usize {
  const copy = blankArray(count, <usize>load<u32>(array, ARRAY_elements), array);
  if (copy != 0) memory.copy(dataOf(copy), dataOf(array) + bytesFor(array, from), bytesFor(array, count));
  return copy;
}

/** Makes room for one more element; false: E0009. The array and the value are kept alive. */
function grow(array: usize, value: u32): bool {
  const length = lengthOfArray(array);
  if (length >= MOST) {
    outOfMemory();
    return false;
  }
  keep(array, value);
  const rep = repOf(array);
  let room = length < FIRST_ROOM ? FIRST_ROOM : length > MOST / 2 ? MOST : 2 * length;
  let elements = newElements(rep, room);
  if (elements == 0) {
    // Near the end of memory an eighth more is better than nothing.
    room = min(MOST, length + (length >> 3) + 1);
    elements = newElements(rep, room);
    if (elements == 0) {
      outOfMemory();
      return false;
    }
  }
  const data = elements + ELEMENTS_SIZE;
  memory.copy(data, dataOf(array), <usize>length << shiftOf(rep));
  store<u32>(elements, length, ELEMENTS_used);
  store<u32>(array, <u32>data, ARRAY_data);
  store<u32>(array, room, ARRAY_capacity);
  return true;
}
function setLength(array: usize, length: u32): void {
  store<u32>(array, length, ARRAY_length);
  store<u32>(dataOf(array) - ELEMENTS_SIZE, length, ELEMENTS_used);
}
/** Appends a register of the elements' representation. */
export function pushBits(array: usize, bits: i64): void {
  const length = lengthOfArray(array);
  const rep = repOf(array);
  if (length == load<u32>(array, ARRAY_capacity) && !grow(array, rep >= REP_ref ? addressIn(bits) : 0)) return;
  setBits(dataOf(array), rep, length, bits);
  setLength(array, length + 1);
}
export function pushAny(array: usize, bits: i64): void {
  if (unwrapFor(<usize>load<u32>(array, ARRAY_elements), bits)) pushBits(array, unwrapped);
}
/** Takes the last element: as a register. */
export function popBits(array: usize): i64 {
  const length = lengthOfArray(array);
  if (length == 0) {
    failPlain(E0011);
    return 0;
  }
  setLength(array, length - 1);
  return bitsAt(dataOf(array), repOf(array), length - 1);
}
export function popAny(array: usize): i64 {
  const length = lengthOfArray(array);
  if (length == 0) {
    failPlain(E0011);
    return 0;
  }
  const bits = elementAsAny(array, length - 1);
  if (load<i32>(VM_failed) == 0) setLength(array, length - 1);
  return bits;
}
function elementAsAny(array: usize, index: u32): i64 {
  const rep = repOf(array);
  const bits = bitsAt(dataOf(array), rep, index);
  // Only numbers need a box, whose place was read by then; the array is needed afterwards.
  keepLong(array, 0, 0);
  return wrapBits(rep, bits);
}
function outside(array: usize, index: i32): bool {
  const length = lengthOfArray(array);
  if (<u32>index < length) return false;
  failValues(index < 0 ? E0002_1 : E0002, <i64>index, <i64>(<u64>length));
  return true;
}
export function getAny(array: usize, index: i32): i64 {
  return outside(array, index) ? 0 : elementAsAny(array, <u32>index);
}
export function setAny(array: usize, index: i32, bits: i64): void {
  if (outside(array, index)) return;
  if (unwrapFor(<usize>load<u32>(array, ARRAY_elements), bits)) setBits(dataOf(array), repOf(array), <u32>index, unwrapped);
}
/** Of an array or a string: both have it at the same place. */
export function lengthOfValue(object: usize): i32 {
  return <i32>lengthOfArray(object);
}
