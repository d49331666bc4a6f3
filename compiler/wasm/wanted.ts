/**
 * What memory must hold when control leaves native code: frame states as lists of window slots.
 *
 * A slot is a register counted from the compiled function's register 0, over all inlined windows. A register that a loop
 * region did not change since it was loaded is in memory already: such a slot is *kept*, needs no store and keeps no
 * value alive. Outgoing arguments are not wanted at a CALL: a callee that does not begin stores its parameters itself.
 */
import { type Block, type FrameState, type Func, isTailCall, type Value } from "../ssa/index.js";

export interface Wanted {
  readonly slot: number;
  readonly value: Value;
  /** The slot holds the value already. */
  readonly kept: boolean;
}

const NOTHING: readonly Wanted[] = [];

export class WantedStates {
  private readonly known = new Map<FrameState, readonly Wanted[]>();

  /** Slots wanted when control leaves at an op: for a call, the state after it. */
  at(v: Value): readonly Wanted[] {
    // That of a tail call is for the inliner only.
    return v.state && !isTailCall(v) ? this.of(v.state) : NOTHING;
  }
  /** Slots wanted at a block's `exit`. */
  atEnd(b: Block): readonly Wanted[] {
    return b.term.kind === "exit" ? this.of(b.term.state) : NOTHING;
  }

  private of(state: FrameState): readonly Wanted[] {
    let list = this.known.get(state);
    if (!list) {
      const made: Wanted[] = [];
      for (const { offset, registers } of state.frames)
        for (const [r, value] of registers) {
          const slot = offset + r;
          made.push({ slot, value, kept: value.op === "load.reg" && value.aux === slot });
        }
      list = made.sort((x, y) => x.slot - y.slot);
      this.known.set(state, list);
    }
    return list;
  }
}

/** Values that some frame state of the function needs in a local. */
export function valuesInStates(f: Func, states: WantedStates): Set<Value> {
  const found = new Set<Value>();
  const add = (list: readonly Wanted[]): void => {
    for (const w of list) if (!w.kept) found.add(w.value);
  };
  for (const b of f.blocks) {
    for (const v of b.values) add(states.at(v));
    add(states.atEnd(b));
  }
  return found;
}
