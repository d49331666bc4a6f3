/**
 * Frame states: making them while building, and shifting a callee's states into its caller when it is inlined.
 *
 * A state lists the values of the registers that are live at its place, so a value stays alive for as long as some state
 * needs it and no longer. The registers' Maps may be shared between states: they are replaced, never edited, except by
 * `substituteStates`, whose edits mean the same for every sharer.
 */
import type { FrameState, FrameValues, Func, Value } from "./ir.js";

/** The state of one frame at `pc`: the registers of `live` that have a value in `env`, in register order. */
export function frameAt(fn: number, pc: number, live: Iterable<number>, env: ReadonlyMap<number, Value>): FrameState {
  const registers = new Map<number, Value>();
  for (const r of [...live].sort((x, y) => x - y)) {
    const value = env.get(r);
    if (value) registers.set(r, value);
  }
  return { frames: [{ fn, pc, offset: 0, registers }] };
}

/** A callee's state seen from the function it was inlined into: `outer` is the state after its CALL, `out` the CALL's operand. */
export function nest(inner: FrameState, outer: FrameState, out: number): FrameState {
  const shift = outer.frames[outer.frames.length - 1]!.offset + out;
  return { frames: [...outer.frames, ...inner.frames.map((f) => ({ ...f, offset: f.offset + shift }))] };
}

/**
 * Whether a call takes the place of an inlined function's frame, which ended in a tail call. To AOT code, which has no states, that
 * makes no difference.
 */
export function replacesFrame(call: Value): boolean {
  const frames = call.before?.frames;
  return frames !== undefined && frames[frames.length - 1]!.pc !== call.pc;
}

/** All states of a function: of values (also `before`) and of exits. */
export function* statesIn(f: Func): Iterable<FrameState> {
  for (const b of f.blocks) {
    for (const v of b.values) {
      if (v.state) yield v.state;
      if (v.before) yield v.before;
    }
    if (b.term.kind === "exit") yield b.term.state;
  }
}

/** Replaces values in all states; each shared Map is visited once. */
export function substituteStates(f: Func, of: (v: Value) => Value): void {
  const seen = new Set<FrameValues["registers"]>();
  for (const state of statesIn(f))
    for (const { registers } of state.frames) {
      if (seen.has(registers)) continue;
      seen.add(registers);
      for (const [r, v] of registers) {
        const to = of(v);
        if (to !== v) registers.set(r, to);
      }
    }
}
