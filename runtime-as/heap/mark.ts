/**
 * Marking: from the roots through everything that can be reached, with a stack of its own. If the stack cannot grow, what did
 * not fit is found again by walking over the marked objects until a walk finds nothing new.
 *
 * Roots: reference registers of the interpreter's frames (VM.frame and its callers, through nested runs), native code's
 * shadow stack, module variables, the arguments of the runtime function that allocates.
 */
import {
  FLAG_BOUNDARY, FLAG_MOVED, FN_refParams, FN_zeroCount, FN_zeroStart, FRAME_callerBase, FRAME_flags, FRAME_fn, FRAME_returnPc, FRAME_SIZE, KIND_LITERAL,
  KIND_ROPE, KIND_VIEW, ROPE_right, STRING_kind, STRING_link, VM_bankRefCount, VM_bankRefs, VM_frame, VM_root0, VM_root1, VM_root2, VM_shadowBase, VM_shadowTop,
} from "../gen/layout";
import { isMarked, setMark } from "./blocks";
import { eachMarked } from "./objects";
import { height, pop, push } from "./stack";

let overflow: bool = false;
/** Height of the stack below our entries: a walk over a rope may be waiting. */
let floor: usize = 0;

export function mark(): void {
  overflow = false;
  floor = height();
  reach(load<u32>(VM_root0));
  reach(load<u32>(VM_root1));
  reach(load<u32>(VM_root2));
  range(load<u32>(VM_bankRefs), load<u32>(VM_bankRefCount), 8);
  const shadow = <usize>load<u32>(VM_shadowBase);
  range(shadow, (<usize>load<u32>(VM_shadowTop) - shadow) >> 2, 4);
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
    range(base, load<u32>(rec, FN_refParams), 8);
    range(base + (<usize>load<u16>(rec, FN_zeroStart) << 3), load<u16>(rec, FN_zeroCount), 8);
    let flags = load<u32>(header, FRAME_flags);
    if (flags & FLAG_MOVED) {
      header = <usize>load<u32>(header, FRAME_callerBase) - FRAME_SIZE;
      flags = load<u32>(header, FRAME_flags);
    }
    // A boundary has no caller in this run: it keeps the frame that was the innermost one before.
    base = flags & FLAG_BOUNDARY ? <usize>load<u32>(header, FRAME_returnPc) : <usize>load<u32>(header, FRAME_callerBase);
  }
}
function range(from: usize, count: usize, step: usize): void {
  for (; count != 0; count--, from += step) reach(<usize>load<u32>(from));
}

/** An object that is referred to: marked, and looked into later. */
function reach(object: usize): void {
  if (object == 0 || load<u8>(object, STRING_kind) == KIND_LITERAL || isMarked(object)) return;
  setMark(object);
  const kind = load<u8>(object, STRING_kind);
  if (kind != KIND_VIEW && kind != KIND_ROPE) return;
  if (!push(object)) overflow = true;
}
function drain(): void {
  while (height() > floor) scan(pop());
}
function scan(object: usize): void {
  const kind = load<u8>(object, STRING_kind);
  if (kind != KIND_VIEW && kind != KIND_ROPE) return;
  reach(<usize>load<u32>(object, STRING_link));
  if (kind == KIND_ROPE) reach(<usize>load<u32>(object, ROPE_right));
}

