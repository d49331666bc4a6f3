/**
 * Profile cells as answers: how often did this loop start a round, how often was native code entered, how much did the
 * interpreter execute. Cells are words in linear memory that the interpreter counts (layout/vm.ts CELL); this file knows
 * where each unit's cell is. Reading never disturbs a running program; trip and entry are written by tiers.ts through here.
 */
import type { Chunk } from "../compiler/index.js";
import { CELL, FN } from "../compiler/layout/vm.js";
import type { Unit } from "../compiler/native.js";
import type { Layout } from "./load.js";

/** A trip that no count reaches. */
export const NEVER = 0xffffffff;

type Field = keyof typeof CELL.at;

export class Profile {
  constructor(
    readonly chunk: Chunk,
    readonly map: Layout,
    readonly view: () => DataView,
  ) {}

  /** Events in the interpreter, modulo 2^32. */
  count(unit: Unit): number {
    return this.read(unit, "count");
  }
  /** Native entries from the interpreter, modulo 2^32. */
  entries(unit: Unit): number {
    return this.read(unit, "entries");
  }
  /** Units charged by native code in those entries, modulo 2^32. */
  rounds(unit: Unit): number {
    return this.read(unit, "rounds");
  }
  /** The event, counted from the start, that asks the engine. */
  setTrip(unit: Unit, trip: number): void {
    this.view().setUint32(this.cellOf(unit) + CELL.at.trip, trip, true);
  }
  /** Table index of the native entry, 0: none. */
  setEntry(unit: Unit, entry: number): void {
    this.view().setUint32(this.cellOf(unit) + CELL.at.entry, entry, true);
  }

  /** All events that the interpreter executed: rounds and calls. */
  interpreted(): number {
    const view = this.view();
    let sum = 0;
    for (const loop of this.chunk.loops) sum += view.getUint32(this.loopCell(loop.pc) + CELL.at.count, true);
    for (let fn = 0; fn < this.chunk.functions.length; fn++)
      sum += view.getUint32(this.fnCell(fn) + CELL.at.count, true);
    return sum;
  }

  private read(unit: Unit, field: Field): number {
    return this.view().getUint32(this.cellOf(unit) + CELL.at[field], true);
  }
  private cellOf(unit: Unit): number {
    return unit.loopPc < 0 ? this.fnCell(unit.fn) : this.loopCell(unit.loopPc);
  }
  private fnCell(fn: number): number {
    return this.map.fnBase + FN.size * fn;
  }
  /** The words after LOOP's op word. */
  private loopCell(pc: number): number {
    return this.map.codeBase + 4 * (pc + 1);
  }
}
