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
    const starts = refs.flatMap(([v, r]) => livesOf(v, r)).sort((x, y) => x.from - y.from);
    let next = 0;
    /** Lives that have begun, of values that are not known to be needed. Each is looked at until it is or it is over. */
    let begun: Life[] = [];
    eachSafepoint(blocks, (at, states) => {
      while (next < starts.length && starts[next]!.from <= at) begun.push(starts[next++]!);
      if (begun.length === 0) return;
      const wanted = new Set(states.flatMap((s) => s.frames.flatMap((f) => [...f.registers.values()])));
      begun = begun.filter(({ v, to }) => {
        // What its exit wants is needed although nothing after the op is.
        if (to > at + (wanted.has(v) ? 0 : 1)) needed.add(v);
        return to > at && !needed.has(v);
      });
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

/** One of the stretches in which a value is alive: there before the op at a position in it, needed after it. */
interface Life {
  readonly v: Value;
  readonly from: number;
  readonly to: number;
}
function livesOf(v: Value, r: Ranges): Life[] {
  const lives: Life[] = [];
  for (let i = 0; i < r.length; i += 2) lives.push({ v, from: r[i]!, to: r[i + 1]! });
  return lives;
}
