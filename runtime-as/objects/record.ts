/** Structs, enum values, closures, cells: a header and 8-byte slots, all 0 at first. */
import {
  KIND_CELL, KIND_CLOSURE, KIND_ENUM, KIND_STRUCT, SLOTS_SIZE, SLOTS_count, SLOTS_kind, SLOTS_link, SLOTS_logged, TYPE_what, VARIANT_index, VARIANT_slots, VARIANT_type, WHAT_STRUCT,
} from "../gen/layout";
import { allocate } from "../heap/objects";
import { keep } from "../heap/roots";
import { outOfMemory } from "./fail";

function slots(kind: i32, size: u32, count: u32, link: usize): usize {
  keep(0, 0);
  const bytes = <usize>size << 3;
  const object = allocate(SLOTS_SIZE + bytes);
  if (object == 0) return outOfMemory();
  store<u8>(object, 0, SLOTS_logged);
  store<u8>(object, kind, SLOTS_kind);
  store<u16>(object, count, SLOTS_count);
  store<u32>(object, <u32>link, SLOTS_link);
  memory.fill(object + SLOTS_SIZE, 0, bytes);
  return object;
}
export function newRecord(variant: usize): usize {
  const what = <i32>load<u8>(load<u32>(variant, VARIANT_type), TYPE_what);
  return slots(what == WHAT_STRUCT ? KIND_STRUCT : KIND_ENUM, load<u32>(variant, VARIANT_slots), load<u32>(variant, VARIANT_index), variant);
}
/** `size` slots, the first `refs` for references, of the function with the record `fn`. */
export function newClosure(size: i32, refs: i32, fn: usize): usize {
  return slots(KIND_CLOSURE, size, refs, fn);
}
export function newCell(refs: i32): usize {
  return slots(KIND_CELL, 1, refs, 0);
}
