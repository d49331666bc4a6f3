/**
 * The shadow stack: where native code keeps the references that it needs after a safepoint (a call, or a runtime function that
 * allocates), so that a collection finds them.
 *
 *   VM.shadowBase ─► frame of a caller │ our frame: 4-byte slots ─► VM.shadowTop
 *
 * A function with such references takes a frame at its start, cleared, and gives it back wherever it returns. A value is
 * stored once, where it is made: values never change. Values that share a wasm local share a slot, since they are never
 * alive together. Registers of the window that a loop region was entered with need none: the interpreter's frame still
 * holds them.
 *
 * The windows of the bytecode are no such stack, although they have a place for every reference: native callers, which write
 * no headers, would have to, inlined frames too, and AOT has no windows at all.
 */
import { type Block, type FrameState, isConstant, mayCollect, mayRefer, type Value } from "../ssa/index.js";
import type { Ranges } from "./ranges.js";

export interface Shadow {
  /** Slots of the frame; 0: none is needed. */
  readonly slots: number;
  /** The slot of a value, or -1. */
  slotOf(v: Value): number;
}

/** Bytes of a shadow frame. */
export const shadowBytes = (slots: number): number => 4 * (slots + (slots & 1));

/** Plans the frame. `ranges` are positions in the order of `blocks`, as ranges.ts numbers them. */
export function planShadow(
  blocks: readonly Block[],
  ranges: ReadonlyMap<Value, Ranges>,
  localOf: ReadonlyMap<Value, number>,
): Shadow {
  const refs = [...ranges].filter(([v]) => mayRefer(v.type) && !isConstant(v) && v.op !== "load.reg");
  const slots = new Map<number, number>();
  const of = new Map<Value, number>();
  if (refs.length > 0) {
    const needed = new Set<Value>();
    const starts = refs.map(([v, r]) => ({ v, r })).sort((x, y) => x.r[0]! - y.r[0]!);
    eachSafepoint(blocks, (at, states) => {
      const wanted = new Set(states.flatMap((s) => s.frames.flatMap((f) => [...f.registers.values()])));
      for (const { v, r } of starts) {
        if (r[0]! > at) break;
        if (!needed.has(v) && alive(r, at, wanted.has(v))) needed.add(v);
      }
    });
    for (const v of needed) {
      const local = localOf.get(v)!;
      let slot = slots.get(local);
      if (slot === undefined) slots.set(local, (slot = slots.size));
      of.set(v, slot);
    }
  }
  return { slots: slots.size, slotOf: (v) => of.get(v) ?? -1 };
}

/** Calls `visit` with the position and the states of every op during which a collection may happen. */
function eachSafepoint(blocks: readonly Block[], visit: (at: number, states: FrameState[]) => void): void {
  let position = 0;
  for (const b of blocks) {
    for (const v of b.values) {
      position += 2;
      if (mayCollect(v)) visit(position, v.state ? [v.state] : []);
    }
    position += 3;
  }
}

/** Whether a value is there before the op at `at` and needed after it, or by its exit. */
function alive(r: Ranges, at: number, wanted: boolean): boolean {
  for (let i = 0; i < r.length && r[i]! <= at; i += 2) if (r[i + 1]! > at + (wanted ? 0 : 1)) return true;
  return false;
}
