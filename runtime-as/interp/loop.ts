/**
 * THE interpreter: one function, one loop, one switch in table order, compiled to one br_table. State is in locals (pc, base,
 * depth, budget); Orus calls never recurse it. Slow paths are functions of their own, so that they do not cost the hot
 * ones registers.
 *
 * Every charging op has the form `if (count + 1 >= trip || budget <= 0) slow path`: one test for "hot", "has native code" and
 * "ask the driver". A FOR_* that needs the slow path stores its counter and lets the LOOP it jumps to take it.
 */
import { E0001, E0002, E0002_1, E0002_2, E0002_3, E0004, E0006, E0007, E0007_1, E0007_2, E0007_3, E0007_4, E0007_5, E0007_6, E0007_7, E0007_8, E0007_9, E0009, E0012, E0018 } from "../gen/errors";
import { extended } from "../gen/extended";
import { Op } from "../gen/ops";
import {
  ARRAY_data, ARRAY_length, CELL_count, CELL_SIZE, CELL_trip, FLAG_BOUNDARY, FLAG_MOVED, FLAG_NEW_CHUNK, FN_code, FN_result, FN_windowBytes, FN_zeroCount, FN_zeroStart, FRAME_callerBase, FRAME_flags, FRAME_fn, FRAME_returnPc, FRAME_SIZE,
  SLOTS_SIZE, SLOTS_count, SLOTS_link, RUN_BUDGET, RUN_CAUGHT, RUN_DONE, RUN_ERROR, STATUS_UNWIND, VM_budget, VM_chunkEnd, VM_failed, VM_frame, VM_maxDepth, VM_resumeBase, VM_resumeDepth, VM_resumePc, VM_returnVoidWord, VM_returnWord,
} from "../gen/layout";
import { printBool, printEnd, printF64, printFixed, printI32, printI64, printRadix, printText, printU32, printU64 } from "../io/output";
import { cmpI64F64, cmpI64U64, cmpU64F64, fmod, mulOverflows } from "../number/integer";
import { lengthOf } from "../objects/bytes";
import { NO_MEMORY, stringByte, stringConcat, stringEquals, stringOrder, stringPrintable } from "../objects/string";
import { textF64, textI64, textU64 } from "../objects/text";
import { leaveChunk, writeHeader, zeroReferences } from "./calls";
import { CALL_SIZE, raise, raiseFailed, unwind } from "./errors";
import { Slow, slowCall, slowLoop, slowTailCall } from "./native";

/** Byte offset of a register named by an 8-bit field. */
// @ts-ignore: decorator
@inline function A(w: u32): usize { return (w >>> 5) & 0x7f8; }
// @ts-ignore: decorator
@inline function B(w: u32): usize { return (w >>> 13) & 0x7f8; }
// @ts-ignore: decorator
@inline function C(w: u32): usize { return (w >>> 21) & 0x7f8; }
/** Immediates: c, bc sign-extended, bc zero-extended. */
// @ts-ignore: decorator
@inline function immC(w: u32): i32 { return <i32>w >> 24; }
// @ts-ignore: decorator
@inline function immBC(w: u32): i32 { return <i32>w >> 16; }
// @ts-ignore: decorator
@inline function uimmBC(w: u32): u32 { return w >>> 16; }
/** Where a taken jump of w1 goes; `pc` is at w1. */
// @ts-ignore: decorator
@inline function jump(pc: usize): usize { return pc + load<i32>(pc); }

/** Bytes of a LOOP: op word and cell. */
const LOOP_SIZE: usize = 4 + CELL_SIZE;

/** The error of a failed op at `pc` (its op word): leaves all frames of this run. */
function stop(code: i32, pc: usize, base: usize, depth: i32, value0: u64, value1: u64, budget: i32): i32 {
  store<i32>(VM_budget, budget);
  raise(code, pc, value0, value1);
  return unwind(pc, base, depth);
}
/** The same for an extended op, whose function left code, values and words of the message. */
function stopExtended(pc: usize, base: usize, depth: i32, budget: i32): i32 {
  store<i32>(VM_budget, budget);
  raiseFailed(pc);
  return unwind(pc, base, depth);
}
/** An index that no element has: E0002, or E0002.1 if it is negative. */
function stopIndex(pc: usize, base: usize, depth: i32, index: i64, length: u32, budget: i32): i32 {
  return stop(index < 0 ? E0002_1 : E0002, pc, base, depth, length, <u64>index, budget);
}
/** Output failed: no error of the language, nothing to catch; the driver sees VM.outErrno. */
function stopOutput(pc: usize, base: usize, depth: i32, budget: i32): i32 {
  return stop(0, pc, base, depth, 0, 0, budget);
}

/** Runs the loop; a caught error starts it again at the handler. */
export function execute(pc: usize, base: usize, depth: i32, nested: bool): i32 {
  let r = loop(pc, base, depth, nested);
  while (r == RUN_CAUGHT) r = loop(load<u32>(VM_resumePc), load<u32>(VM_resumeBase), load<i32>(VM_resumeDepth), nested);
  return r;
}

/**
 * Runs from `pc` in the window `base` until the boundary frame returns (DONE), an error leaves it (ERROR), or, in the outermost
 * run, the budget is used up (BUDGET; VM.resume* says where to go on). A nested run answers STATUS.UNWIND when native code
 * inside it has stored every frame.
 */
function loop(pc: usize, base: usize, depth: i32, nested: bool): i32 {
  let budget = load<i32>(VM_budget);
  while (true) {
    const w = load<u32>(pc);
    pc += 4;
    switch (w & 0xff) {
      case Op.MOVE: {
        store<u64>(base + A(w), load<u64>(base + B(w)));
        continue;
      }
      case Op.CALL: {
        let rec = <usize>load<u32>(pc);
        let callee = base + ((<usize>w >>> 16) << 3);
        let count = load<u32>(rec, CELL_count) + 1;
        if (
          count >= load<u32>(rec, CELL_trip) || budget <= 0 || depth >= load<i32>(VM_maxDepth) ||
          callee + load<u32>(rec, FN_windowBytes) > <usize>load<u32>(VM_chunkEnd)
        ) {
          store<i32>(VM_budget, budget);
          const r = slowCall(pc - 4, rec, callee, base, depth, nested);
          budget = load<i32>(VM_budget);
          if (r != Slow.PROCEED) {
            if (r == Slow.DONE) {
              // Without a result, `a` is some register that is none of our business.
              if (load<u32>(rec, FN_result)) store<u64>(base + A(w), load<u64>(callee));
              pc += 4;
              continue;
            }
            if (r == Slow.RESUME) {
              base = <usize>load<u32>(VM_resumeBase);
              pc = <usize>load<u32>(VM_resumePc);
              depth = load<i32>(VM_resumeDepth);
              continue;
            }
            if (r == Slow.ERROR) return unwind(pc - 4, base, depth);
            return r == Slow.BUDGET ? RUN_BUDGET : STATUS_UNWIND;
          }
          // Another function than the called one, if that ended natively in a tail call.
          callee = <usize>load<u32>(VM_resumeBase);
          rec = <usize>load<u32>(callee - FRAME_SIZE, FRAME_fn);
          count = load<u32>(rec, CELL_count) + 1;
        } else writeHeader(callee, rec, pc + 4, base, 0);
        store<u32>(rec, count, CELL_count);
        budget--;
        depth++;
        if (load<u16>(rec, FN_zeroCount)) zeroReferences(rec, callee);
        base = callee;
        pc = <usize>load<u32>(rec, FN_code);
        continue;
      }
      case Op.CALL_VALUE: {
        // As CALL; the function is that of the closure in the callee's register 0.
        let callee = base + ((<usize>w >>> 16) << 3);
        let rec = <usize>load<u32>(<usize>load<u32>(callee), SLOTS_link);
        let count = load<u32>(rec, CELL_count) + 1;
        if (
          count >= load<u32>(rec, CELL_trip) || budget <= 0 || depth >= load<i32>(VM_maxDepth) ||
          callee + load<u32>(rec, FN_windowBytes) > <usize>load<u32>(VM_chunkEnd)
        ) {
          store<i32>(VM_budget, budget);
          const r = slowCall(pc - 4, rec, callee, base, depth, nested);
          budget = load<i32>(VM_budget);
          if (r != Slow.PROCEED) {
            if (r == Slow.DONE) {
              // Without a result, `a` is some register that is none of our business.
              if (load<u32>(rec, FN_result)) store<u64>(base + A(w), load<u64>(callee));
              pc += 4;
              continue;
            }
            if (r == Slow.RESUME) {
              base = <usize>load<u32>(VM_resumeBase);
              pc = <usize>load<u32>(VM_resumePc);
              depth = load<i32>(VM_resumeDepth);
              continue;
            }
            if (r == Slow.ERROR) return unwind(pc - 4, base, depth);
            return r == Slow.BUDGET ? RUN_BUDGET : STATUS_UNWIND;
          }
          // Another function than the called one, if that ended natively in a tail call.
          callee = <usize>load<u32>(VM_resumeBase);
          rec = <usize>load<u32>(callee - FRAME_SIZE, FRAME_fn);
          count = load<u32>(rec, CELL_count) + 1;
        } else writeHeader(callee, rec, pc + 4, base, 0);
        store<u32>(rec, count, CELL_count);
        budget--;
        depth++;
        if (load<u16>(rec, FN_zeroCount)) zeroReferences(rec, callee);
        base = callee;
        pc = <usize>load<u32>(rec, FN_code);
        continue;
      }
      case Op.TAIL_CALL_VALUE: {
        const from = base + ((<usize>w >>> 16) << 3);
        let rec = <usize>load<u32>(<usize>load<u32>(from), SLOTS_link);
        if (
          load<u32>(rec, CELL_count) + 1 >= load<u32>(rec, CELL_trip) || budget <= 0 ||
          base + load<u32>(rec, FN_windowBytes) > <usize>load<u32>(VM_chunkEnd)
        ) {
          store<i32>(VM_budget, budget);
          const r = slowTailCall(pc - 4, rec, from, base, depth, nested);
          budget = load<i32>(VM_budget);
          if (r != Slow.PROCEED) {
            if (r == Slow.DONE) {
              // Its result is in slot 0 of the outgoing window: return it.
              store<u64>(base, load<u64>(from));
              pc = load<u32>(rec, FN_result) ? VM_returnWord : VM_returnVoidWord;
              continue;
            }
            if (r == Slow.RESUME) {
              base = <usize>load<u32>(VM_resumeBase);
              pc = <usize>load<u32>(VM_resumePc);
              depth = load<i32>(VM_resumeDepth);
              continue;
            }
            if (r == Slow.ERROR) return unwind(pc - 4, base, depth);
            return r == Slow.BUDGET ? RUN_BUDGET : STATUS_UNWIND;
          }
          base = <usize>load<u32>(VM_resumeBase);
          rec = <usize>load<u32>(base - FRAME_SIZE, FRAME_fn);
        } else {
          memory.copy(base, from, <usize>load<u16>(rec, FN_zeroStart) << 3);
          store<u32>(base - FRAME_SIZE, <u32>rec, FRAME_fn);
        }
        store<u32>(rec, load<u32>(rec, CELL_count) + 1, CELL_count);
        budget--;
        if (load<u16>(rec, FN_zeroCount)) zeroReferences(rec, base);
        pc = <usize>load<u32>(rec, FN_code);
        continue;
      }
      case Op.TAIL_CALL: {
        let rec = <usize>load<u32>(pc);
        const from = base + ((<usize>w >>> 16) << 3);
        if (
          load<u32>(rec, CELL_count) + 1 >= load<u32>(rec, CELL_trip) || budget <= 0 ||
          base + load<u32>(rec, FN_windowBytes) > <usize>load<u32>(VM_chunkEnd)
        ) {
          store<i32>(VM_budget, budget);
          const r = slowTailCall(pc - 4, rec, from, base, depth, nested);
          budget = load<i32>(VM_budget);
          if (r != Slow.PROCEED) {
            if (r == Slow.DONE) {
              // Its result is in slot 0 of the outgoing window: return it.
              store<u64>(base, load<u64>(from));
              pc = load<u32>(rec, FN_result) ? VM_returnWord : VM_returnVoidWord;
              continue;
            }
            if (r == Slow.RESUME) {
              base = <usize>load<u32>(VM_resumeBase);
              pc = <usize>load<u32>(VM_resumePc);
              depth = load<i32>(VM_resumeDepth);
              continue;
            }
            if (r == Slow.ERROR) return unwind(pc - 4, base, depth);
            return r == Slow.BUDGET ? RUN_BUDGET : STATUS_UNWIND;
          }
          base = <usize>load<u32>(VM_resumeBase);
          rec = <usize>load<u32>(base - FRAME_SIZE, FRAME_fn);
        } else {
          memory.copy(base, from, <usize>load<u16>(rec, FN_zeroStart) << 3);
          store<u32>(base - FRAME_SIZE, <u32>rec, FRAME_fn);
        }
        store<u32>(rec, load<u32>(rec, CELL_count) + 1, CELL_count);
        budget--;
        if (load<u16>(rec, FN_zeroCount)) zeroReferences(rec, base);
        pc = <usize>load<u32>(rec, FN_code);
        continue;
      }
      case Op.RETURN: {
        const value = load<u64>(base + A(w));
        let header = base - FRAME_SIZE;
        let flags = load<u32>(header, FRAME_flags);
        if (flags != 0) {
          if (flags & FLAG_NEW_CHUNK) leaveChunk();
          if (flags & FLAG_MOVED) {
            base = <usize>load<u32>(header, FRAME_callerBase);
            header = base - FRAME_SIZE;
            flags = load<u32>(header, FRAME_flags);
          }
          if (flags & FLAG_BOUNDARY) {
            store<u64>(base, value);
            store<i32>(VM_budget, budget);
            return RUN_DONE;
          }
        }
        pc = <usize>load<u32>(header, FRAME_returnPc);
        base = <usize>load<u32>(header, FRAME_callerBase);
        // The destination is in the CALL before the return pc.
        store<u64>(base + (<usize>load<u8>(pc - CALL_SIZE, 1) << 3), value);
        depth--;
        continue;
      }
      case Op.RETURN_VOID: {
        let header = base - FRAME_SIZE;
        let flags = load<u32>(header, FRAME_flags);
        if (flags != 0) {
          if (flags & FLAG_NEW_CHUNK) leaveChunk();
          if (flags & FLAG_MOVED) {
            header = <usize>load<u32>(header, FRAME_callerBase) - FRAME_SIZE;
            flags = load<u32>(header, FRAME_flags);
          }
          if (flags & FLAG_BOUNDARY) {
            store<i32>(VM_budget, budget);
            return RUN_DONE;
          }
        }
        pc = <usize>load<u32>(header, FRAME_returnPc);
        base = <usize>load<u32>(header, FRAME_callerBase);
        depth--;
        continue;
      }
      case Op.LOOP: {
        const count = load<u32>(pc, CELL_count) + 1;
        if (count >= load<u32>(pc, CELL_trip) || budget <= 0) {
          store<i32>(VM_budget, budget);
          const r = slowLoop(pc - 4, w >>> 8, base, depth, nested);
          budget = load<i32>(VM_budget);
          if (r != Slow.PROCEED) {
            if (r > Slow.DONE) {
              pc = <usize>r;
              continue;
            }
            if (r == Slow.RESUME) {
              base = <usize>load<u32>(VM_resumeBase);
              pc = <usize>load<u32>(VM_resumePc);
              depth = load<i32>(VM_resumeDepth);
              continue;
            }
            if (r == Slow.ERROR) return unwind(pc - 4, base, depth);
            return r == Slow.BUDGET ? RUN_BUDGET : STATUS_UNWIND;
          }
        }
        store<u32>(pc, count, CELL_count);
        budget--;
        pc += CELL_SIZE;
        continue;
      }
      case Op.FOR_LT_I32: {
        const next = load<i32>(base + A(w)) + 1;
        if (next < load<i32>(base + B(w))) {
          store<i32>(base + A(w), next);
          const target = jump(pc);
          const count = load<u32>(target, 4 + CELL_count) + 1;
          if (count >= load<u32>(target, 4 + CELL_trip) || budget <= 0) {
            pc = target;
            continue;
          }
          store<u32>(target, count, 4 + CELL_count);
          budget--;
          pc = target + LOOP_SIZE;
          continue;
        }
        pc += 4;
        continue;
      }
      case Op.FOR_LE_I32: {
        const at = load<i32>(base + A(w));
        if (at < load<i32>(base + B(w))) {
          const next = at + 1;
          store<i32>(base + A(w), next);
          const target = jump(pc);
          const count = load<u32>(target, 4 + CELL_count) + 1;
          if (count >= load<u32>(target, 4 + CELL_trip) || budget <= 0) {
            pc = target;
            continue;
          }
          store<u32>(target, count, 4 + CELL_count);
          budget--;
          pc = target + LOOP_SIZE;
          continue;
        }
        pc += 4;
        continue;
      }
      case Op.FOR_LT_I64: {
        const next = load<i64>(base + A(w)) + 1;
        if (next < load<i64>(base + B(w))) {
          store<i64>(base + A(w), next);
          const target = jump(pc);
          const count = load<u32>(target, 4 + CELL_count) + 1;
          if (count >= load<u32>(target, 4 + CELL_trip) || budget <= 0) {
            pc = target;
            continue;
          }
          store<u32>(target, count, 4 + CELL_count);
          budget--;
          pc = target + LOOP_SIZE;
          continue;
        }
        pc += 4;
        continue;
      }
      case Op.FOR_LE_I64: {
        const at = load<i64>(base + A(w));
        if (at < load<i64>(base + B(w))) {
          const next = at + 1;
          store<i64>(base + A(w), next);
          const target = jump(pc);
          const count = load<u32>(target, 4 + CELL_count) + 1;
          if (count >= load<u32>(target, 4 + CELL_trip) || budget <= 0) {
            pc = target;
            continue;
          }
          store<u32>(target, count, 4 + CELL_count);
          budget--;
          pc = target + LOOP_SIZE;
          continue;
        }
        pc += 4;
        continue;
      }
      case Op.FOR_LT_U32: {
        const next = load<u32>(base + A(w)) + 1;
        if (next < load<u32>(base + B(w))) {
          store<u32>(base + A(w), next);
          const target = jump(pc);
          const count = load<u32>(target, 4 + CELL_count) + 1;
          if (count >= load<u32>(target, 4 + CELL_trip) || budget <= 0) {
            pc = target;
            continue;
          }
          store<u32>(target, count, 4 + CELL_count);
          budget--;
          pc = target + LOOP_SIZE;
          continue;
        }
        pc += 4;
        continue;
      }
      case Op.FOR_LE_U32: {
        const at = load<u32>(base + A(w));
        if (at < load<u32>(base + B(w))) {
          const next = at + 1;
          store<u32>(base + A(w), next);
          const target = jump(pc);
          const count = load<u32>(target, 4 + CELL_count) + 1;
          if (count >= load<u32>(target, 4 + CELL_trip) || budget <= 0) {
            pc = target;
            continue;
          }
          store<u32>(target, count, 4 + CELL_count);
          budget--;
          pc = target + LOOP_SIZE;
          continue;
        }
        pc += 4;
        continue;
      }
      case Op.FOR_LT_U64: {
        const next = load<u64>(base + A(w)) + 1;
        if (next < load<u64>(base + B(w))) {
          store<u64>(base + A(w), next);
          const target = jump(pc);
          const count = load<u32>(target, 4 + CELL_count) + 1;
          if (count >= load<u32>(target, 4 + CELL_trip) || budget <= 0) {
            pc = target;
            continue;
          }
          store<u32>(target, count, 4 + CELL_count);
          budget--;
          pc = target + LOOP_SIZE;
          continue;
        }
        pc += 4;
        continue;
      }
      case Op.FOR_LE_U64: {
        const at = load<u64>(base + A(w));
        if (at < load<u64>(base + B(w))) {
          const next = at + 1;
          store<u64>(base + A(w), next);
          const target = jump(pc);
          const count = load<u32>(target, 4 + CELL_count) + 1;
          if (count >= load<u32>(target, 4 + CELL_trip) || budget <= 0) {
            pc = target;
            continue;
          }
          store<u32>(target, count, 4 + CELL_count);
          budget--;
          pc = target + LOOP_SIZE;
          continue;
        }
        pc += 4;
        continue;
      }
      case Op.JUMP: {
        pc += <usize>((<i32>w >> 8) << 2);
        continue;
      }
      case Op.JUMP_IF: {
        pc = load<u32>(base + A(w)) != 0 ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_IF_NOT: {
        pc = load<u32>(base + A(w)) == 0 ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_EQ_I32: {
        pc = load<i32>(base + A(w)) == load<i32>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_NE_I32: {
        pc = load<i32>(base + A(w)) != load<i32>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LT_I32: {
        pc = load<i32>(base + A(w)) < load<i32>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LE_I32: {
        pc = load<i32>(base + A(w)) <= load<i32>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_EQ_I32_IMM: {
        pc = load<i32>(base + A(w)) == <i32>immBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_NE_I32_IMM: {
        pc = load<i32>(base + A(w)) != <i32>immBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LT_I32_IMM: {
        pc = load<i32>(base + A(w)) < <i32>immBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LE_I32_IMM: {
        pc = load<i32>(base + A(w)) <= <i32>immBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_GT_I32_IMM: {
        pc = load<i32>(base + A(w)) > <i32>immBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_GE_I32_IMM: {
        pc = load<i32>(base + A(w)) >= <i32>immBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_EQ_I64: {
        pc = load<i64>(base + A(w)) == load<i64>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_NE_I64: {
        pc = load<i64>(base + A(w)) != load<i64>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LT_I64: {
        pc = load<i64>(base + A(w)) < load<i64>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LE_I64: {
        pc = load<i64>(base + A(w)) <= load<i64>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_EQ_I64_IMM: {
        pc = load<i64>(base + A(w)) == <i64>immBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_NE_I64_IMM: {
        pc = load<i64>(base + A(w)) != <i64>immBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LT_I64_IMM: {
        pc = load<i64>(base + A(w)) < <i64>immBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LE_I64_IMM: {
        pc = load<i64>(base + A(w)) <= <i64>immBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_GT_I64_IMM: {
        pc = load<i64>(base + A(w)) > <i64>immBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_GE_I64_IMM: {
        pc = load<i64>(base + A(w)) >= <i64>immBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_EQ_U32: {
        pc = load<u32>(base + A(w)) == load<u32>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_NE_U32: {
        pc = load<u32>(base + A(w)) != load<u32>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LT_U32: {
        pc = load<u32>(base + A(w)) < load<u32>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LE_U32: {
        pc = load<u32>(base + A(w)) <= load<u32>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_EQ_U32_IMM: {
        pc = load<u32>(base + A(w)) == <u32>uimmBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_NE_U32_IMM: {
        pc = load<u32>(base + A(w)) != <u32>uimmBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LT_U32_IMM: {
        pc = load<u32>(base + A(w)) < <u32>uimmBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LE_U32_IMM: {
        pc = load<u32>(base + A(w)) <= <u32>uimmBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_GT_U32_IMM: {
        pc = load<u32>(base + A(w)) > <u32>uimmBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_GE_U32_IMM: {
        pc = load<u32>(base + A(w)) >= <u32>uimmBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_EQ_U64: {
        pc = load<u64>(base + A(w)) == load<u64>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_NE_U64: {
        pc = load<u64>(base + A(w)) != load<u64>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LT_U64: {
        pc = load<u64>(base + A(w)) < load<u64>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LE_U64: {
        pc = load<u64>(base + A(w)) <= load<u64>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_EQ_U64_IMM: {
        pc = load<u64>(base + A(w)) == <u64>uimmBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_NE_U64_IMM: {
        pc = load<u64>(base + A(w)) != <u64>uimmBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LT_U64_IMM: {
        pc = load<u64>(base + A(w)) < <u64>uimmBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LE_U64_IMM: {
        pc = load<u64>(base + A(w)) <= <u64>uimmBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_GT_U64_IMM: {
        pc = load<u64>(base + A(w)) > <u64>uimmBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_GE_U64_IMM: {
        pc = load<u64>(base + A(w)) >= <u64>uimmBC(w) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_EQ_F64: {
        pc = load<f64>(base + A(w)) == load<f64>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_NE_F64: {
        pc = load<f64>(base + A(w)) != load<f64>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LT_F64: {
        pc = load<f64>(base + A(w)) < load<f64>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_LE_F64: {
        pc = load<f64>(base + A(w)) <= load<f64>(base + B(w)) ? jump(pc) : pc + 4;
        continue;
      }
      case Op.JUMP_NLT_F64: {
        pc = load<f64>(base + A(w)) < load<f64>(base + B(w)) ? pc + 4 : jump(pc);
        continue;
      }
      case Op.JUMP_NLE_F64: {
        pc = load<f64>(base + A(w)) <= load<f64>(base + B(w)) ? pc + 4 : jump(pc);
        continue;
      }
      case Op.ADD_I32: {
        const x = load<i32>(base + B(w));
        const y = load<i32>(base + C(w));
        const r = x + y;
        if (((x ^ r) & (y ^ r)) < 0) return stop(E0004, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i32>(base + A(w), r);
        continue;
      }
      case Op.ADD_I32_IMM: {
        const x = load<i32>(base + B(w));
        const y = <i32>immC(w);
        const r = x + y;
        if (((x ^ r) & (y ^ r)) < 0) return stop(E0004, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i32>(base + A(w), r);
        continue;
      }
      case Op.SUB_I32: {
        const x = load<i32>(base + B(w));
        const y = load<i32>(base + C(w));
        const r = x - y;
        if (((x ^ y) & (x ^ r)) < 0) return stop(E0004, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i32>(base + A(w), r);
        continue;
      }
      case Op.MUL_I32: {
        const x = load<i32>(base + B(w));
        const y = load<i32>(base + C(w));
        const wide = <i64>x * <i64>y;
        const r = <i32>wide;
        if (<i64>r != wide) return stop(E0004, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i32>(base + A(w), r);
        continue;
      }
      case Op.MUL_I32_IMM: {
        const x = load<i32>(base + B(w));
        const y = <i32>immC(w);
        const wide = <i64>x * <i64>y;
        const r = <i32>wide;
        if (<i64>r != wide) return stop(E0004, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i32>(base + A(w), r);
        continue;
      }
      case Op.DIV_I32: {
        const x = load<i32>(base + B(w));
        const y = load<i32>(base + C(w));
        if (y == 0) return stop(E0001, pc - 4, base, depth, <u64>x, <u64>y, budget);
        if (y == -1 && x == i32.MIN_VALUE) return stop(E0004, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i32>(base + A(w), x / y);
        continue;
      }
      case Op.DIV_I32_IMM: {
        store<i32>(base + A(w), load<i32>(base + B(w)) / <i32>immC(w));
        continue;
      }
      case Op.REM_I32: {
        const x = load<i32>(base + B(w));
        const y = load<i32>(base + C(w));
        if (y == 0) return stop(E0006, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i32>(base + A(w), x % y);
        continue;
      }
      case Op.REM_I32_IMM: {
        store<i32>(base + A(w), load<i32>(base + B(w)) % <i32>immC(w));
        continue;
      }
      case Op.NEG_I32: {
        const x = load<i32>(base + B(w));
        if (x == i32.MIN_VALUE) return stop(E0004, pc - 4, base, depth, <u64>x, 0, budget);
        store<i32>(base + A(w), -x);
        continue;
      }
      case Op.EQ_I32: {
        store<i32>(base + A(w), <i32>(load<i32>(base + B(w)) == load<i32>(base + C(w))));
        continue;
      }
      case Op.NE_I32: {
        store<i32>(base + A(w), <i32>(load<i32>(base + B(w)) != load<i32>(base + C(w))));
        continue;
      }
      case Op.LT_I32: {
        store<i32>(base + A(w), <i32>(load<i32>(base + B(w)) < load<i32>(base + C(w))));
        continue;
      }
      case Op.LE_I32: {
        store<i32>(base + A(w), <i32>(load<i32>(base + B(w)) <= load<i32>(base + C(w))));
        continue;
      }
      case Op.ADD_I64: {
        const x = load<i64>(base + B(w));
        const y = load<i64>(base + C(w));
        const r = x + y;
        if (((x ^ r) & (y ^ r)) < 0) return stop(E0004, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i64>(base + A(w), r);
        continue;
      }
      case Op.ADD_I64_IMM: {
        const x = load<i64>(base + B(w));
        const y = <i64>immC(w);
        const r = x + y;
        if (((x ^ r) & (y ^ r)) < 0) return stop(E0004, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i64>(base + A(w), r);
        continue;
      }
      case Op.SUB_I64: {
        const x = load<i64>(base + B(w));
        const y = load<i64>(base + C(w));
        const r = x - y;
        if (((x ^ y) & (x ^ r)) < 0) return stop(E0004, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i64>(base + A(w), r);
        continue;
      }
      case Op.MUL_I64: {
        const x = load<i64>(base + B(w));
        const y = load<i64>(base + C(w));
        // Two factors of 32 bits cannot overflow.
        if ((<u64>(x + 0x80000000) | <u64>(y + 0x80000000)) >>> 32 != 0 && mulOverflows(x, y)) return stop(E0004, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i64>(base + A(w), x * y);
        continue;
      }
      case Op.MUL_I64_IMM: {
        const x = load<i64>(base + B(w));
        const y = <i64>immC(w);
        // Two factors of 32 bits cannot overflow.
        if ((<u64>(x + 0x80000000) | <u64>(y + 0x80000000)) >>> 32 != 0 && mulOverflows(x, y)) return stop(E0004, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i64>(base + A(w), x * y);
        continue;
      }
      case Op.DIV_I64: {
        const x = load<i64>(base + B(w));
        const y = load<i64>(base + C(w));
        if (y == 0) return stop(E0001, pc - 4, base, depth, <u64>x, <u64>y, budget);
        if (y == -1 && x == i64.MIN_VALUE) return stop(E0004, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i64>(base + A(w), x / y);
        continue;
      }
      case Op.DIV_I64_IMM: {
        store<i64>(base + A(w), load<i64>(base + B(w)) / <i64>immC(w));
        continue;
      }
      case Op.REM_I64: {
        const x = load<i64>(base + B(w));
        const y = load<i64>(base + C(w));
        if (y == 0) return stop(E0006, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<i64>(base + A(w), x % y);
        continue;
      }
      case Op.REM_I64_IMM: {
        store<i64>(base + A(w), load<i64>(base + B(w)) % <i64>immC(w));
        continue;
      }
      case Op.NEG_I64: {
        const x = load<i64>(base + B(w));
        if (x == i64.MIN_VALUE) return stop(E0004, pc - 4, base, depth, <u64>x, 0, budget);
        store<i64>(base + A(w), -x);
        continue;
      }
      case Op.EQ_I64: {
        store<i32>(base + A(w), <i32>(load<i64>(base + B(w)) == load<i64>(base + C(w))));
        continue;
      }
      case Op.NE_I64: {
        store<i32>(base + A(w), <i32>(load<i64>(base + B(w)) != load<i64>(base + C(w))));
        continue;
      }
      case Op.LT_I64: {
        store<i32>(base + A(w), <i32>(load<i64>(base + B(w)) < load<i64>(base + C(w))));
        continue;
      }
      case Op.LE_I64: {
        store<i32>(base + A(w), <i32>(load<i64>(base + B(w)) <= load<i64>(base + C(w))));
        continue;
      }
      case Op.ADD_U32: {
        store<u32>(base + A(w), load<u32>(base + B(w)) + load<u32>(base + C(w)));
        continue;
      }
      case Op.ADD_U32_IMM: {
        store<u32>(base + A(w), load<u32>(base + B(w)) + <u32>immC(w));
        continue;
      }
      case Op.SUB_U32: {
        store<u32>(base + A(w), load<u32>(base + B(w)) - load<u32>(base + C(w)));
        continue;
      }
      case Op.MUL_U32: {
        store<u32>(base + A(w), load<u32>(base + B(w)) * load<u32>(base + C(w)));
        continue;
      }
      case Op.MUL_U32_IMM: {
        store<u32>(base + A(w), load<u32>(base + B(w)) * <u32>immC(w));
        continue;
      }
      case Op.DIV_U32: {
        const x = load<u32>(base + B(w));
        const y = load<u32>(base + C(w));
        if (y == 0) return stop(E0001, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<u32>(base + A(w), x / y);
        continue;
      }
      case Op.DIV_U32_IMM: {
        store<u32>(base + A(w), load<u32>(base + B(w)) / <u32>immC(w));
        continue;
      }
      case Op.REM_U32: {
        const x = load<u32>(base + B(w));
        const y = load<u32>(base + C(w));
        if (y == 0) return stop(E0006, pc - 4, base, depth, <u64>x, <u64>y, budget);
        store<u32>(base + A(w), x % y);
        continue;
      }
      case Op.REM_U32_IMM: {
        store<u32>(base + A(w), load<u32>(base + B(w)) % <u32>immC(w));
        continue;
      }
      case Op.EQ_U32: {
        store<i32>(base + A(w), <i32>(load<u32>(base + B(w)) == load<u32>(base + C(w))));
        continue;
      }
      case Op.NE_U32: {
        store<i32>(base + A(w), <i32>(load<u32>(base + B(w)) != load<u32>(base + C(w))));
        continue;
      }
      case Op.LT_U32: {
        store<i32>(base + A(w), <i32>(load<u32>(base + B(w)) < load<u32>(base + C(w))));
        continue;
      }
      case Op.LE_U32: {
        store<i32>(base + A(w), <i32>(load<u32>(base + B(w)) <= load<u32>(base + C(w))));
        continue;
      }
      case Op.ADD_U64: {
        store<u64>(base + A(w), load<u64>(base + B(w)) + load<u64>(base + C(w)));
        continue;
      }
      case Op.ADD_U64_IMM: {
        store<u64>(base + A(w), load<u64>(base + B(w)) + <u64>immC(w));
        continue;
      }
      case Op.SUB_U64: {
        store<u64>(base + A(w), load<u64>(base + B(w)) - load<u64>(base + C(w)));
        continue;
      }
      case Op.MUL_U64: {
        store<u64>(base + A(w), load<u64>(base + B(w)) * load<u64>(base + C(w)));
        continue;
      }
      case Op.MUL_U64_IMM: {
        store<u64>(base + A(w), load<u64>(base + B(w)) * <u64>immC(w));
        continue;
      }
      case Op.DIV_U64: {
        const x = load<u64>(base + B(w));
        const y = load<u64>(base + C(w));
        if (y == 0) return stop(E0001, pc - 4, base, depth, x, y, budget);
        store<u64>(base + A(w), x / y);
        continue;
      }
      case Op.DIV_U64_IMM: {
        store<u64>(base + A(w), load<u64>(base + B(w)) / <u64>immC(w));
        continue;
      }
      case Op.REM_U64: {
        const x = load<u64>(base + B(w));
        const y = load<u64>(base + C(w));
        if (y == 0) return stop(E0006, pc - 4, base, depth, x, y, budget);
        store<u64>(base + A(w), x % y);
        continue;
      }
      case Op.REM_U64_IMM: {
        store<u64>(base + A(w), load<u64>(base + B(w)) % <u64>immC(w));
        continue;
      }
      case Op.EQ_U64: {
        store<i32>(base + A(w), <i32>(load<u64>(base + B(w)) == load<u64>(base + C(w))));
        continue;
      }
      case Op.NE_U64: {
        store<i32>(base + A(w), <i32>(load<u64>(base + B(w)) != load<u64>(base + C(w))));
        continue;
      }
      case Op.LT_U64: {
        store<i32>(base + A(w), <i32>(load<u64>(base + B(w)) < load<u64>(base + C(w))));
        continue;
      }
      case Op.LE_U64: {
        store<i32>(base + A(w), <i32>(load<u64>(base + B(w)) <= load<u64>(base + C(w))));
        continue;
      }
      case Op.ADD_F64: {
        store<f64>(base + A(w), load<f64>(base + B(w)) + load<f64>(base + C(w)));
        continue;
      }
      case Op.SUB_F64: {
        store<f64>(base + A(w), load<f64>(base + B(w)) - load<f64>(base + C(w)));
        continue;
      }
      case Op.MUL_F64: {
        store<f64>(base + A(w), load<f64>(base + B(w)) * load<f64>(base + C(w)));
        continue;
      }
      case Op.DIV_F64: {
        const x = load<f64>(base + B(w));
        const y = load<f64>(base + C(w));
        if (y == 0) return stop(E0001, pc - 4, base, depth, reinterpret<u64>(x), reinterpret<u64>(y), budget);
        store<f64>(base + A(w), x / y);
        continue;
      }
      case Op.REM_F64: {
        const x = load<f64>(base + B(w));
        const y = load<f64>(base + C(w));
        if (y == 0) return stop(E0006, pc - 4, base, depth, reinterpret<u64>(x), reinterpret<u64>(y), budget);
        store<f64>(base + A(w), fmod(x, y));
        continue;
      }
      case Op.NEG_F64: {
        store<f64>(base + A(w), -load<f64>(base + B(w)));
        continue;
      }
      case Op.EQ_F64: {
        store<i32>(base + A(w), <i32>(load<f64>(base + B(w)) == load<f64>(base + C(w))));
        continue;
      }
      case Op.NE_F64: {
        store<i32>(base + A(w), <i32>(load<f64>(base + B(w)) != load<f64>(base + C(w))));
        continue;
      }
      case Op.LT_F64: {
        store<i32>(base + A(w), <i32>(load<f64>(base + B(w)) < load<f64>(base + C(w))));
        continue;
      }
      case Op.LE_F64: {
        store<i32>(base + A(w), <i32>(load<f64>(base + B(w)) <= load<f64>(base + C(w))));
        continue;
      }
      case Op.FOR_PREP_LT_I32: {
        const a = load<i32>(base + A(w));
        const b = load<i32>(base + B(w));
        const step = load<i32>(base + C(w));
        if (step == 0) return stop(E0012, pc - 4, base, depth, <u64>a, <u64>b, budget);
        pc = (step > 0 ? a < b : a > b) ? pc + 4 : jump(pc);
        continue;
      }
      case Op.FOR_STEP_LT_I32: {
        const a = load<i32>(base + A(w));
        const b = load<i32>(base + B(w));
        const step = load<i32>(base + C(w));
        // The distance left, in unsigned arithmetic: a lies inside the range, so it cannot wrap.
        if (step > 0 ? <u32>b - <u32>a > <u32>step : <u32>a - <u32>b > 0 - <u32>step) {
          store<i32>(base + A(w), a + step);
          pc = jump(pc);
        } else pc += 4;
        continue;
      }
      case Op.FOR_PREP_LE_I32: {
        const a = load<i32>(base + A(w));
        const b = load<i32>(base + B(w));
        const step = load<i32>(base + C(w));
        if (step == 0) return stop(E0012, pc - 4, base, depth, <u64>a, <u64>b, budget);
        pc = (step > 0 ? a <= b : a >= b) ? pc + 4 : jump(pc);
        continue;
      }
      case Op.FOR_STEP_LE_I32: {
        const a = load<i32>(base + A(w));
        const b = load<i32>(base + B(w));
        const step = load<i32>(base + C(w));
        // The distance left, in unsigned arithmetic: a lies inside the range, so it cannot wrap.
        if (step > 0 ? <u32>b - <u32>a >= <u32>step : <u32>a - <u32>b >= 0 - <u32>step) {
          store<i32>(base + A(w), a + step);
          pc = jump(pc);
        } else pc += 4;
        continue;
      }
      case Op.FOR_PREP_LT_I64: {
        const a = load<i64>(base + A(w));
        const b = load<i64>(base + B(w));
        const step = load<i64>(base + C(w));
        if (step == 0) return stop(E0012, pc - 4, base, depth, <u64>a, <u64>b, budget);
        pc = (step > 0 ? a < b : a > b) ? pc + 4 : jump(pc);
        continue;
      }
      case Op.FOR_STEP_LT_I64: {
        const a = load<i64>(base + A(w));
        const b = load<i64>(base + B(w));
        const step = load<i64>(base + C(w));
        // The distance left, in unsigned arithmetic: a lies inside the range, so it cannot wrap.
        if (step > 0 ? <u64>b - <u64>a > <u64>step : <u64>a - <u64>b > 0 - <u64>step) {
          store<i64>(base + A(w), a + step);
          pc = jump(pc);
        } else pc += 4;
        continue;
      }
      case Op.FOR_PREP_LE_I64: {
        const a = load<i64>(base + A(w));
        const b = load<i64>(base + B(w));
        const step = load<i64>(base + C(w));
        if (step == 0) return stop(E0012, pc - 4, base, depth, <u64>a, <u64>b, budget);
        pc = (step > 0 ? a <= b : a >= b) ? pc + 4 : jump(pc);
        continue;
      }
      case Op.FOR_STEP_LE_I64: {
        const a = load<i64>(base + A(w));
        const b = load<i64>(base + B(w));
        const step = load<i64>(base + C(w));
        // The distance left, in unsigned arithmetic: a lies inside the range, so it cannot wrap.
        if (step > 0 ? <u64>b - <u64>a >= <u64>step : <u64>a - <u64>b >= 0 - <u64>step) {
          store<i64>(base + A(w), a + step);
          pc = jump(pc);
        } else pc += 4;
        continue;
      }
      case Op.FOR_PREP_LT_U32: {
        const a = load<u32>(base + A(w));
        const b = load<u32>(base + B(w));
        const step = load<u32>(base + C(w));
        if (step == 0) return stop(E0012, pc - 4, base, depth, <u64>a, <u64>b, budget);
        pc = a < b ? pc + 4 : jump(pc);
        continue;
      }
      case Op.FOR_STEP_LT_U32: {
        const a = load<u32>(base + A(w));
        const b = load<u32>(base + B(w));
        const step = load<u32>(base + C(w));
        // The distance left, in unsigned arithmetic: a lies inside the range, so it cannot wrap.
        if (b - a > step) {
          store<u32>(base + A(w), a + step);
          pc = jump(pc);
        } else pc += 4;
        continue;
      }
      case Op.FOR_PREP_LE_U32: {
        const a = load<u32>(base + A(w));
        const b = load<u32>(base + B(w));
        const step = load<u32>(base + C(w));
        if (step == 0) return stop(E0012, pc - 4, base, depth, <u64>a, <u64>b, budget);
        pc = a <= b ? pc + 4 : jump(pc);
        continue;
      }
      case Op.FOR_STEP_LE_U32: {
        const a = load<u32>(base + A(w));
        const b = load<u32>(base + B(w));
        const step = load<u32>(base + C(w));
        // The distance left, in unsigned arithmetic: a lies inside the range, so it cannot wrap.
        if (b - a >= step) {
          store<u32>(base + A(w), a + step);
          pc = jump(pc);
        } else pc += 4;
        continue;
      }
      case Op.FOR_PREP_LT_U64: {
        const a = load<u64>(base + A(w));
        const b = load<u64>(base + B(w));
        const step = load<u64>(base + C(w));
        if (step == 0) return stop(E0012, pc - 4, base, depth, a, b, budget);
        pc = a < b ? pc + 4 : jump(pc);
        continue;
      }
      case Op.FOR_STEP_LT_U64: {
        const a = load<u64>(base + A(w));
        const b = load<u64>(base + B(w));
        const step = load<u64>(base + C(w));
        // The distance left, in unsigned arithmetic: a lies inside the range, so it cannot wrap.
        if (b - a > step) {
          store<u64>(base + A(w), a + step);
          pc = jump(pc);
        } else pc += 4;
        continue;
      }
      case Op.FOR_PREP_LE_U64: {
        const a = load<u64>(base + A(w));
        const b = load<u64>(base + B(w));
        const step = load<u64>(base + C(w));
        if (step == 0) return stop(E0012, pc - 4, base, depth, a, b, budget);
        pc = a <= b ? pc + 4 : jump(pc);
        continue;
      }
      case Op.FOR_STEP_LE_U64: {
        const a = load<u64>(base + A(w));
        const b = load<u64>(base + B(w));
        const step = load<u64>(base + C(w));
        // The distance left, in unsigned arithmetic: a lies inside the range, so it cannot wrap.
        if (b - a >= step) {
          store<u64>(base + A(w), a + step);
          pc = jump(pc);
        } else pc += 4;
        continue;
      }
      case Op.LOAD_IMM_I32: {
        store<i32>(base + A(w), immBC(w));
        continue;
      }
      case Op.LOAD_IMM_I64: {
        store<i64>(base + A(w), immBC(w));
        continue;
      }
      case Op.LOAD_K: {
        store<u64>(base + A(w), load<u64>(load<u32>(pc)));
        pc += 4;
        continue;
      }
      case Op.LOAD_GLOBAL: {
        store<u64>(base + A(w), load<u64>(load<u32>(pc)));
        pc += 4;
        continue;
      }
      case Op.STORE_GLOBAL: {
        store<u64>(load<u32>(pc), load<u64>(base + A(w)));
        pc += 4;
        continue;
      }
      case Op.LOAD_SPILL: {
        store<u64>(base + A(w), load<u64>(base + (<usize>uimmBC(w) << 3)));
        continue;
      }
      case Op.STORE_SPILL: {
        store<u64>(base + (<usize>uimmBC(w) << 3), load<u64>(base + A(w)));
        continue;
      }
      case Op.CHECK_VALUE: {
        if (load<i32>(base + A(w)) == 0) return stop(E0018, pc - 4, base, depth, 0, 0, budget);
        continue;
      }
      case Op.NOT: {
        store<i32>(base + A(w), <i32>(load<i32>(base + B(w)) == 0));
        continue;
      }
      case Op.CMP_I64_U64: {
        store<i32>(base + A(w), cmpI64U64(load<i64>(base + B(w)), load<u64>(base + C(w))));
        continue;
      }
      case Op.CMP_I64_F64: {
        store<i32>(base + A(w), cmpI64F64(load<i64>(base + B(w)), load<f64>(base + C(w))));
        continue;
      }
      case Op.CMP_U64_F64: {
        store<i32>(base + A(w), cmpU64F64(load<u64>(base + B(w)), load<f64>(base + C(w))));
        continue;
      }
      case Op.I32_TO_I64: {
        store<i64>(base + A(w), <i64>load<i32>(base + B(w)));
        continue;
      }
      case Op.U32_TO_I64: {
        store<i64>(base + A(w), <i64>load<u32>(base + B(w)));
        continue;
      }
      case Op.I64_TO_I32: {
        store<i32>(base + A(w), <i32>load<i64>(base + B(w)));
        continue;
      }
      case Op.I32_TO_F64: {
        store<f64>(base + A(w), <f64>load<i32>(base + B(w)));
        continue;
      }
      case Op.U32_TO_F64: {
        store<f64>(base + A(w), <f64>load<u32>(base + B(w)));
        continue;
      }
      case Op.I64_TO_F64: {
        store<f64>(base + A(w), <f64>load<i64>(base + B(w)));
        continue;
      }
      case Op.U64_TO_F64: {
        store<f64>(base + A(w), <f64>load<u64>(base + B(w)));
        continue;
      }
      case Op.F64_TO_I32: {
        const x = load<f64>(base + B(w));
        if (!(x > -2147483649.0 && x < 2147483648.0)) return stop(E0007, pc - 4, base, depth, reinterpret<u64>(x), 0, budget);
        store<i32>(base + A(w), <i32>x);
        continue;
      }
      case Op.F64_TO_I64: {
        const x = load<f64>(base + B(w));
        if (!(x >= -9223372036854775808.0 && x < 9223372036854775808.0)) return stop(E0007_1, pc - 4, base, depth, reinterpret<u64>(x), 0, budget);
        store<i64>(base + A(w), <i64>x);
        continue;
      }
      case Op.F64_TO_U32: {
        const x = load<f64>(base + B(w));
        if (!(x > -1.0 && x < 4294967296.0)) return stop(E0007_2, pc - 4, base, depth, reinterpret<u64>(x), 0, budget);
        store<u64>(base + A(w), <u64>x);
        continue;
      }
      case Op.F64_TO_U64: {
        const x = load<f64>(base + B(w));
        if (!(x > -1.0 && x < 18446744073709551616.0)) return stop(E0007_3, pc - 4, base, depth, reinterpret<u64>(x), 0, budget);
        store<u64>(base + A(w), <u64>x);
        continue;
      }
      case Op.I32_TO_U64: {
        const x = load<i32>(base + B(w));
        if (x < 0) return stop(E0007_4, pc - 4, base, depth, <u64>x, 0, budget);
        store<u64>(base + A(w), <u64>x);
        continue;
      }
      case Op.I64_TO_U32: {
        const x = load<i64>(base + B(w));
        if (<u64>x > 0xffffffff) return stop(E0007_5, pc - 4, base, depth, <u64>x, 0, budget);
        store<u64>(base + A(w), <u64>x);
        continue;
      }
      case Op.I64_TO_U64: {
        const x = load<i64>(base + B(w));
        if (x < 0) return stop(E0007_6, pc - 4, base, depth, <u64>x, 0, budget);
        store<u64>(base + A(w), <u64>x);
        continue;
      }
      case Op.U64_TO_I32: {
        const x = load<u64>(base + B(w));
        if (x > 0x7fffffff) return stop(E0007_7, pc - 4, base, depth, x, 0, budget);
        store<i32>(base + A(w), <i32>x);
        continue;
      }
      case Op.U64_TO_I64: {
        const x = load<u64>(base + B(w));
        if (<i64>x < 0) return stop(E0007_8, pc - 4, base, depth, x, 0, budget);
        store<i64>(base + A(w), <i64>x);
        continue;
      }
      case Op.U64_TO_U32: {
        const x = load<u64>(base + B(w));
        if (x > 0xffffffff) return stop(E0007_9, pc - 4, base, depth, x, 0, budget);
        store<u64>(base + A(w), <u64>x);
        continue;
      }
      case Op.EQ_STRING:
      case Op.NE_STRING: {
        store<u32>(VM_frame, <u32>base);
        const r = stringEquals(load<u32>(base + B(w)), load<u32>(base + C(w)));
        if (r == NO_MEMORY) return stop(E0009, pc - 4, base, depth, 0, 0, budget);
        store<i32>(base + A(w), r ^ <i32>((w & 0xff) == Op.NE_STRING));
        continue;
      }
      case Op.LT_STRING:
      case Op.LE_STRING: {
        store<u32>(VM_frame, <u32>base);
        const r = stringOrder(load<u32>(base + B(w)), load<u32>(base + C(w)));
        if (r == NO_MEMORY) return stop(E0009, pc - 4, base, depth, 0, 0, budget);
        store<i32>(base + A(w), <i32>(r < <i32>((w & 0xff) == Op.LE_STRING)));
        continue;
      }
      case Op.CONCAT: {
        store<u32>(VM_frame, <u32>base);
        const r = stringConcat(load<u32>(base + B(w)), load<u32>(base + C(w)));
        if (r == 0) return stop(E0009, pc - 4, base, depth, 0, 0, budget);
        store<u64>(base + A(w), r);
        continue;
      }
      case Op.LEN_STRING: {
        store<u32>(base + A(w), lengthOf(load<u32>(base + B(w))));
        continue;
      }
      case Op.INDEX_STRING:
      case Op.INDEX_STRING_U64: {
        const s = <usize>load<u32>(base + B(w));
        const at = load<u64>(base + C(w));
        if (at >= <u64>lengthOf(s))
          return stop(
            <i64>at < 0 && (w & 0xff) == Op.INDEX_STRING ? E0002_3 : E0002_2,
            pc - 4, base, depth, lengthOf(s), at, budget,
          );
        store<u32>(VM_frame, <u32>base);
        const r = stringByte(s, <u32>at);
        if (r == 0) return stop(E0009, pc - 4, base, depth, 0, 0, budget);
        store<u64>(base + A(w), r);
        continue;
      }
      case Op.I64_TO_STRING: {
        store<u32>(VM_frame, <u32>base);
        const r = textI64(load<i64>(base + B(w)));
        if (r == 0) return stop(E0009, pc - 4, base, depth, 0, 0, budget);
        store<u64>(base + A(w), r);
        continue;
      }
      case Op.U64_TO_STRING: {
        store<u32>(VM_frame, <u32>base);
        const r = textU64(load<u64>(base + B(w)));
        if (r == 0) return stop(E0009, pc - 4, base, depth, 0, 0, budget);
        store<u64>(base + A(w), r);
        continue;
      }
      case Op.F64_TO_STRING: {
        store<u32>(VM_frame, <u32>base);
        const r = textF64(load<f64>(base + B(w)));
        if (r == 0) return stop(E0009, pc - 4, base, depth, 0, 0, budget);
        store<u64>(base + A(w), r);
        continue;
      }
      case Op.PRINT_TEXT: {
        if (printText(load<u32>(load<u32>(pc))) != 0) return stopOutput(pc - 4, base, depth, budget);
        pc += 4;
        continue;
      }
      case Op.PRINT_I32: {
        if (printI32(load<i32>(base + A(w))) != 0) return stopOutput(pc - 4, base, depth, budget);
        continue;
      }
      case Op.PRINT_U32: {
        if (printU32(load<u32>(base + A(w))) != 0) return stopOutput(pc - 4, base, depth, budget);
        continue;
      }
      case Op.PRINT_I64: {
        if (printI64(load<i64>(base + A(w))) != 0) return stopOutput(pc - 4, base, depth, budget);
        continue;
      }
      case Op.PRINT_U64: {
        if (printU64(load<u64>(base + A(w))) != 0) return stopOutput(pc - 4, base, depth, budget);
        continue;
      }
      case Op.PRINT_F64: {
        if (printF64(load<f64>(base + A(w))) != 0) return stopOutput(pc - 4, base, depth, budget);
        continue;
      }
      case Op.PRINT_BOOL: {
        if (printBool(load<i32>(base + A(w))) != 0) return stopOutput(pc - 4, base, depth, budget);
        continue;
      }
      case Op.PRINT_STRING: {
        const s = <usize>load<u32>(base + A(w));
        store<u32>(VM_frame, <u32>base);
        if (stringPrintable(s) == 0) return stop(E0009, pc - 4, base, depth, 0, 0, budget);
        if (printText(s)) return stopOutput(pc - 4, base, depth, budget);
        continue;
      }
      case Op.PRINT_RADIX: {
        if (printRadix(load<u64>(base + A(w)), uimmBC(w)) != 0) return stopOutput(pc - 4, base, depth, budget);
        continue;
      }
      case Op.PRINT_FIXED: {
        if (printFixed(load<f64>(base + A(w)), load<i32>(pc)) != 0) return stopOutput(pc - 4, base, depth, budget);
        pc += 4;
        continue;
      }
      case Op.PRINT_END: {
        if (printEnd() != 0) return stopOutput(pc - 4, base, depth, budget);
        continue;
      }
      case Op.GET_I32: {
        const array = <usize>load<u32>(base + B(w));
        const index = load<u32>(base + C(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u32>(base + A(w), load<u32>(<usize>load<u32>(array, ARRAY_data) + (<usize>index << 2)));
        continue;
      }
      case Op.GET_U32: {
        const array = <usize>load<u32>(base + B(w));
        const index = load<u32>(base + C(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u32>(base + A(w), load<u32>(<usize>load<u32>(array, ARRAY_data) + (<usize>index << 2)));
        continue;
      }
      case Op.GET_I64: {
        const array = <usize>load<u32>(base + B(w));
        const index = load<u32>(base + C(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u64>(base + A(w), load<u64>(<usize>load<u32>(array, ARRAY_data) + (<usize>index << 3)));
        continue;
      }
      case Op.GET_U64: {
        const array = <usize>load<u32>(base + B(w));
        const index = load<u32>(base + C(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u64>(base + A(w), load<u64>(<usize>load<u32>(array, ARRAY_data) + (<usize>index << 3)));
        continue;
      }
      case Op.GET_F64: {
        const array = <usize>load<u32>(base + B(w));
        const index = load<u32>(base + C(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u64>(base + A(w), load<u64>(<usize>load<u32>(array, ARRAY_data) + (<usize>index << 3)));
        continue;
      }
      case Op.GET_BOOL: {
        const array = <usize>load<u32>(base + B(w));
        const index = load<u32>(base + C(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u32>(base + A(w), load<u8>(<usize>load<u32>(array, ARRAY_data) + <usize>index));
        continue;
      }
      case Op.GET_REF: {
        const array = <usize>load<u32>(base + B(w));
        const index = load<u32>(base + C(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u64>(base + A(w), load<u32>(<usize>load<u32>(array, ARRAY_data) + (<usize>index << 2)));
        continue;
      }
      case Op.SET_I32: {
        const array = <usize>load<u32>(base + A(w));
        const index = load<u32>(base + B(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u32>(<usize>load<u32>(array, ARRAY_data) + (<usize>index << 2), load<u32>(base + C(w)));
        continue;
      }
      case Op.SET_U32: {
        const array = <usize>load<u32>(base + A(w));
        const index = load<u32>(base + B(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u32>(<usize>load<u32>(array, ARRAY_data) + (<usize>index << 2), load<u32>(base + C(w)));
        continue;
      }
      case Op.SET_I64: {
        const array = <usize>load<u32>(base + A(w));
        const index = load<u32>(base + B(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u64>(<usize>load<u32>(array, ARRAY_data) + (<usize>index << 3), load<u64>(base + C(w)));
        continue;
      }
      case Op.SET_U64: {
        const array = <usize>load<u32>(base + A(w));
        const index = load<u32>(base + B(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u64>(<usize>load<u32>(array, ARRAY_data) + (<usize>index << 3), load<u64>(base + C(w)));
        continue;
      }
      case Op.SET_F64: {
        const array = <usize>load<u32>(base + A(w));
        const index = load<u32>(base + B(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u64>(<usize>load<u32>(array, ARRAY_data) + (<usize>index << 3), load<u64>(base + C(w)));
        continue;
      }
      case Op.SET_BOOL: {
        const array = <usize>load<u32>(base + A(w));
        const index = load<u32>(base + B(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u8>(<usize>load<u32>(array, ARRAY_data) + <usize>index, load<u8>(base + C(w)));
        continue;
      }
      case Op.SET_REF: {
        const array = <usize>load<u32>(base + A(w));
        const index = load<u32>(base + B(w));
        if (index >= load<u32>(array, ARRAY_length)) return stopIndex(pc - 4, base, depth, <i32>index, load<u32>(array, ARRAY_length), budget);
        store<u32>(<usize>load<u32>(array, ARRAY_data) + (<usize>index << 2), load<u32>(base + C(w)));
        continue;
      }
      case Op.I64_TO_INDEX: {
        const index = load<i64>(base + B(w));
        if (<u64>index > 0x7fffffff) return stop(index < 0 ? E0002_1 : E0002, pc - 4, base, depth, <u64>index, 0, budget);
        store<i32>(base + A(w), <i32>index);
        continue;
      }
      case Op.U64_TO_INDEX: {
        const index = load<u64>(base + B(w));
        if (index > 0x7fffffff) return stop(E0002, pc - 4, base, depth, index, 0, budget);
        store<i32>(base + A(w), <i32>index);
        continue;
      }
      case Op.U32_TO_INDEX: {
        const index = load<u32>(base + B(w));
        if (index > 0x7fffffff) return stop(E0002, pc - 4, base, depth, index, 0, budget);
        store<u32>(base + A(w), index);
        continue;
      }
      case Op.LEN_ARRAY: {
        store<u32>(base + A(w), load<u32>(<usize>load<u32>(base + B(w)), ARRAY_length));
        continue;
      }
      case Op.LOAD_SLOT_I32:
      case Op.LOAD_SLOT_U32:
      case Op.LOAD_SLOT_I64:
      case Op.LOAD_SLOT_U64:
      case Op.LOAD_SLOT_F64:
      case Op.LOAD_SLOT_BOOL:
      case Op.LOAD_SLOT_REF:
      case Op.LOAD_SLOT_ANY: {
        // All 8 bytes: high halves mean nothing in registers of 32 bits, and are 0 in those of references.
        store<u64>(base + A(w), load<u64>(<usize>load<u32>(base + B(w)) + C(w), SLOTS_SIZE));
        continue;
      }
      case Op.STORE_SLOT: {
        store<u64>(<usize>load<u32>(base + A(w)) + C(w), load<u64>(base + B(w)), SLOTS_SIZE);
        continue;
      }
      case Op.LOAD_VARIANT: {
        store<u32>(base + A(w), load<u16>(<usize>load<u32>(base + B(w)), SLOTS_count));
        continue;
      }
      case Op.EXT: {
        store<u32>(VM_frame, <u32>base);
        extended(w, pc, base);
        if (load<i32>(VM_failed)) return stopExtended(pc - 4, base, depth, budget);
        pc += 8;
        continue;
      }
      default:
        // The verifier lets no other opcode through.
        unreachable();
    }
  }
}
