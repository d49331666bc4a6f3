/**
 * Marking: from the roots through everything that can be reached, with a stack of its own. If the stack cannot grow, what did
 * not fit is found again by walking over the marked objects until a walk finds nothing new.
 *
 * Roots: reference registers of the interpreter's frames (VM.frame and its callers, through nested runs), native code's
 * shadow stack, module variables, the arguments of the runtime function that allocates, the message of the pending error.
 *
 * A register, module variable or slot holds a reference if its high half is 0 and its low half is not: so those of `any`
 * values are told from numbers, and plain references are the same case. Objects of the program image are never marked; they
 * refer to nothing of the heap.
 *
 * On the stack is an object's address, or, for an array's elements that were scanned in part, their address plus 1 with the
 * number of the next one below it: a long array adds SLICE objects at a time, so that the stack is bounded by depth and not
 * by length.
 */
import {
  ARRAY_data, ELEMENTS_SIZE, ELEMENTS_rep, ELEMENTS_used, ERROR_message, FLAG_BOUNDARY, FLAG_MOVED, FN_refParams, FN_zeroCount, FN_zeroStart, FRAME_callerBase, FRAME_flags, FRAME_fn,
  FRAME_returnPc, FRAME_SIZE, KIND_ARRAY, KIND_CELL, KIND_CLOSURE, KIND_ELEMENTS, KIND_ENUM, KIND_ERROR, KIND_LITERAL, KIND_ROPE, KIND_STATIC, KIND_STRUCT, KIND_VIEW, REP_any, REP_ref, ROPE_right,
  SLOTS_SIZE, SLOTS_count, SLOTS_link, STRING_kind, STRING_link, VARIANT_refs, VM_bankRefCount, VM_bankRefs, VM_errorText, VM_frame, VM_root0, VM_root1, VM_root2, VM_root3, VM_root4, VM_root5,
  VM_shadowBase, VM_shadowTop,
} from "../gen/layout";
import { isMarked, setMark } from "./blocks";
import { eachMarked } from "./objects";
import { height, pop, push, push2 } from "./stack";

/** References of an array that are looked at before what they lead to. */
const SLICE: u32 = 4096;

let overflow: bool = false;
/** Height of the stack below our entries: a walk over a rope or a value may be waiting. */
let floor: usize = 0;

export function mark(): void {
  overflow = false;
  floor = height();
  reach(load<u32>(VM_root0));
  reach(load<u32>(VM_root1));
  reach(load<u32>(VM_root2));
  reach(load<u32>(VM_root3));
  reach(load<u32>(VM_root4));
  reach(load<u32>(VM_root5));
  reach(load<u32>(VM_errorText));
  values(load<u32>(VM_bankRefs), load<u32>(VM_bankRefCount));
  const shadow = <usize>load<u32>(VM_shadowBase);
  addresses(shadow, <u32>(<usize>load<u32>(VM_shadowTop) - shadow) >> 2);
  frames();
  drain();
  while (overflow) {
    overflow = false;
    eachMarked((object: usize) => {
      scan(object);
      drain();
    });
  }
}

/** Reference registers of all interpreter frames, from the innermost outward. */
function frames(): void {
  for (let base = <usize>load<u32>(VM_frame); base != 0; ) {
    let header = base - FRAME_SIZE;
    const rec = <usize>load<u32>(header, FRAME_fn);
    values(base, load<u32>(rec, FN_refParams));
    values(base + (<usize>load<u16>(rec, FN_zeroStart) << 3), load<u16>(rec, FN_zeroCount));
    let flags = load<u32>(header, FRAME_flags);
    if (flags & FLAG_MOVED) {
      header = <usize>load<u32>(header, FRAME_callerBase) - FRAME_SIZE;
      flags = load<u32>(header, FRAME_flags);
    }
    // A boundary has no caller in this run: it keeps the frame that was the innermost one before.
    base = flags & FLAG_BOUNDARY ? <usize>load<u32>(header, FRAME_returnPc) : <usize>load<u32>(header, FRAME_callerBase);
  }
}
/** Registers, module variables, slots, elements of an [any]: 8 bytes each. */
function values(from: usize, count: u32): void {
  for (; count != 0; count--, from += 8) {
    const bits = load<u64>(from);
    if (bits >>> 32 == 0) reach(<usize>bits);
  }
}
/** Addresses alone: 4 bytes each. */
function addresses(from: usize, count: u32): void {
  for (; count != 0; count--, from += 4) reach(<usize>load<u32>(from));
}

/** An object that is referred to: marked, and looked into later. */
function reach(object: usize): void {
  while (object != 0) {
    const kind = <i32>load<u8>(object, STRING_kind);
    if (kind == KIND_LITERAL || (kind & KIND_STATIC) != 0 || isMarked(object)) return;
    setMark(object);
    switch (kind) {
      case KIND_ARRAY:
        object = elementsOf(object);
        continue;
      case KIND_ELEMENTS:
        if (load<u16>(object, ELEMENTS_rep) < <u32>REP_ref) return;
        break;
      case KIND_VIEW:
      case KIND_ROPE:
      case KIND_STRUCT:
      case KIND_ENUM:
      case KIND_CLOSURE:
      case KIND_CELL:
      case KIND_ERROR:
        break;
      default:
        return;
    }
    if (!push(object)) overflow = true;
    return;
  }
}
/** The object that an array's elements lie in; 0: it has none. */
function elementsOf(array: usize): usize {
  const data = <usize>load<u32>(array, ARRAY_data);
  return data == 0 ? 0 : data - ELEMENTS_SIZE;
}

function drain(): void {
  while (height() > floor) {
    const entry = pop();
    if (entry & 1) scanElements(entry - 1, <u32>pop());
    else scan(entry);
  }
}
function scan(object: usize): void {
  switch (<i32>load<u8>(object, STRING_kind)) {
    case KIND_ROPE:
      reach(<usize>load<u32>(object, ROPE_right));
    case KIND_VIEW:
      reach(<usize>load<u32>(object, STRING_link));
      return;
    case KIND_ARRAY:
      reach(elementsOf(object));
      return;
    case KIND_ELEMENTS:
      scanElements(object, 0);
      return;
    case KIND_STRUCT:
    case KIND_ENUM:
      values(object + SLOTS_SIZE, load<u32>(load<u32>(object, SLOTS_link), VARIANT_refs));
      return;
    case KIND_CLOSURE:
    case KIND_CELL:
      values(object + SLOTS_SIZE, load<u16>(object, SLOTS_count));
      return;
    case KIND_ERROR:
      reach(<usize>load<u32>(object, ERROR_message));
      return;
  }
}
/** Elements from a number on: one slice, the rest is put on the stack. */
function scanElements(object: usize, from: u32): void {
  const rep = <i32>load<u16>(object, ELEMENTS_rep);
  if (rep != REP_ref && rep != REP_any) return;
  let end = load<u32>(object, ELEMENTS_used);
  // If the stack cannot grow, the rest is scanned at once: a walk over all marked objects would stop at the same place again.
  if (end - from > SLICE && push2(from + SLICE, object + 1)) end = from + SLICE;
  const data = object + ELEMENTS_SIZE;
  if (rep == REP_ref) addresses(data + (<usize>from << 2), end - from);
  else values(data + (<usize>from << 3), end - from);
}
