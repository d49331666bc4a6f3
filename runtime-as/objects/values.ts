/**
 * Reading values of any representation the same way: `open` answers the REP of what there is (never `any`) and leaves its 64 bits in
 * `value`. So whoever walks over values needs no box for the numbers in them, and allocates nothing.
 *
 *   i32, i64   sign-extended     u32, u64, ref   zero-extended     bool   0 or 1     f64   its bits
 */
import {
  ANY_BOOL, ANY_F64, ANY_I32, ANY_I64, ANY_U32, ANY_U64, ARRAY_data, ARRAY_elements, BOX_tag, BOX_value, ENTRY_SIZE, ENTRY_slot, ENTRY_type, KIND_BOX, KIND_ROPE, KIND_STATIC, REP_any, REP_bool, REP_f64,
  REP_i32, REP_i64, REP_ref, REP_u32, REP_u64, SLOTS_SIZE, SLOTS_link, STRING_kind, TYPE_rep, VARIANT_entries,
} from "../gen/layout";

/** The bits of what was opened last. */
export let value: i64 = 0;

/** High 16 bits of the largest f64 in an `any`. */
const LAST_F64: u32 = 0xfff2;

/** KIND of an object, without the bit of those in the program image. */
// @ts-ignore: decorator
@inline
export function kindOfObject(object: usize): i32 {
  return <i32>load<u8>(object, STRING_kind) & ~KIND_STATIC;
}
// @ts-ignore: decorator
@inline
export function isStringKind(kind: i32): bool {
  return kind <= KIND_ROPE;
}
// @ts-ignore: decorator
@inline
export function isString(rep: i32, bits: i64): bool {
  return rep == REP_ref && isStringKind(kindOfObject(<usize>bits));
}

export function open(rep: i32, raw: i64): i32 {
  switch (rep) {
    case REP_any:
      return openAny(raw);
    case REP_i32:
      value = <i64>(<i32>raw);
      return rep;
    case REP_u32:
    case REP_ref:
      value = raw & 0xffffffff;
      return rep;
    case REP_bool:
      value = raw & 1;
      return rep;
    default:
      value = raw;
      return rep;
  }
}
export function openAny(raw: i64): i32 {
  const tag = <u32>(<u64>raw >>> 48);
  if (tag == 0) {
    const object = <usize>raw;
    value = <i64>(<u64>object);
    if (kindOfObject(object) != KIND_BOX) return REP_ref;
    value = load<i64>(object, BOX_value);
    return <i32>load<u16>(object, BOX_tag) == ANY_I64 ? REP_i64 : REP_u64;
  }
  if (tag <= LAST_F64) {
    value = raw - <i64>ANY_F64;
    return REP_f64;
  }
  switch (tag) {
    case ANY_I32:
      value = <i64>(<i32>raw);
      return REP_i32;
    case ANY_U32:
      value = raw & 0xffffffff;
      return REP_u32;
    case ANY_BOOL:
      value = raw & 1;
      return REP_bool;
    case ANY_I64:
      value = (raw << 16) >> 16;
      return REP_i64;
    default:
      value = raw & 0xffffffffffff;
      return REP_u64;
  }
}

/** How an array's elements are stored. */
// @ts-ignore: decorator
@inline
export function repOf(array: usize): i32 {
  return <i32>load<u8>(load<u32>(array, ARRAY_elements), TYPE_rep);
}
/** Power of two of an element's size (layout/objects.ts ELEMENT_BYTES). */
// @ts-ignore: decorator
@inline
export function shiftOf(rep: i32): u32 {
  return rep == REP_bool ? 0 : rep <= REP_u32 || rep == REP_ref ? 2 : 3;
}
/** An element as the 8 bytes of a register. */
export function bitsAt(data: usize, rep: i32, index: u32): i64 {
  switch (rep) {
    case REP_i32:
      return <i64>load<i32>(data + (<usize>index << 2));
    case REP_u32:
    case REP_ref:
      return <i64>(<u64>load<u32>(data + (<usize>index << 2)));
    case REP_bool:
      return <i64>(<u64>load<u8>(data + <usize>index));
    default:
      return load<i64>(data + (<usize>index << 3));
  }
}
/** Stores a register in an element. */
export function setBits(data: usize, rep: i32, index: u32, bits: i64): void {
  switch (shiftOf(rep)) {
    case 0:
      store<u8>(data + <usize>index, <u8>bits);
      return;
    case 2:
      store<u32>(data + (<usize>index << 2), <u32>bits);
      return;
    default:
      store<i64>(data + (<usize>index << 3), bits);
  }
}
/** Opens an element. */
export function openElement(array: usize, index: u32): i32 {
  const rep = repOf(array);
  return open(rep, bitsAt(load<u32>(array, ARRAY_data), rep, index));
}

/** The VARIANT of a struct or enum value. */
// @ts-ignore: decorator
@inline
export function variantOf(record: usize): usize {
  return <usize>load<u32>(record, SLOTS_link);
}
// @ts-ignore: decorator
@inline
export function entryOf(variant: usize, index: u32): usize {
  return <usize>load<u32>(variant, VARIANT_entries) + <usize>index * ENTRY_SIZE;
}
/** Opens a field or payload entry, by its number in the source. */
export function openEntry(record: usize, index: u32): i32 {
  const entry = entryOf(variantOf(record), index);
  const rep = <i32>load<u8>(load<u32>(entry, ENTRY_type), TYPE_rep);
  return open(rep, load<i64>(record + (<usize>load<u32>(entry, ENTRY_slot) << 3), SLOTS_SIZE));
}
