/**
 * The state of each loop and function: cold ─► warm ─► asked ─► compiled, or blocked with a reason. The only file that
 * changes a unit's state, and the only writer of cells after the program was placed.
 *
 * The interpreter calls `hot` when a cell's count reaches its trip. In `auto` the first trip, at a quarter of the threshold,
 * only wakes the compiler; the second asks. `jit` waits for the answer, so that very round or call runs native.
 */
import type { Chunk } from "../compiler/index.js";
import { CELL, FN, VM, VM_BASE } from "../compiler/layout/vm.js";
import type { Compiler, Finished, Program } from "./compiler.js";
import type { Layout } from "./load.js";
import type { Reason } from "./reasons.js";

export const NEVER = 0xffffffff;

export type State = "cold" | "asked" | "compiled" | "blocked";
export interface UnitState {
  readonly fn: number;
  /** Address of its LOOP, -1: a function. */
  readonly loopPc: number;
  readonly name: string;
  state: State;
  reason: Reason | null;
  detail: string;
  /** Milliseconds of building, bytes of code, operations, once compiled. */
  ms: number;
  bytes: number;
  operations: number;
}

/** What the tiers need of the running program. */
export interface Machine {
  readonly chunk: Chunk;
  readonly map: Layout;
  view(): DataView;
  readonly table: WebAssembly.Table;
  /** Imports of native modules. */
  readonly imports: WebAssembly.Imports;
}

/** A loop with fewer rounds per entry asks for what is around it. */
const SHORT_LOOP_ROUNDS = 100;
/** Units that may be native at once: slots of dropped ones are reused. */
const MAX_UNITS = 4096;

export class Tiers {
  readonly units = new Map<string, UnitState>();
  private readonly program: Program;
  private readonly asked = new Map<number, UnitState>();
  private nextId = 0;
  private readonly hasBody = new Set<number>();
  private readonly hasStub = new Set<number>();
  /** Milliseconds after the start of the engine at which the first native unit was there; -1: none. */
  firstInstalled = -1;

  constructor(
    private readonly machine: Machine,
    private readonly compiler: Compiler,
    private readonly options: { readonly threshold: number; readonly blocking: boolean; readonly forced: boolean },
  ) {
    this.program = { chunk: machine.chunk, map: machine.map, forced: options.forced };
  }

  /** The trip with which cells start. */
  get firstTrip(): number {
    return this.options.blocking ? this.options.threshold : Math.max(1, this.options.threshold >>> 2);
  }

  /** The import `hot`: kind 0 loop, 1 function (count reached trip), 2, 3 (many entries: is the unit big enough?). */
  hot(kind: number, index: number): void {
    if (kind === 0) this.warmOrAsk(this.loopUnit(index));
    else if (kind === 1) this.warmOrAsk(this.functionUnit(index));
    else if (kind === 2) this.outgrow(index);
  }

  private warmOrAsk(unit: UnitState): void {
    const count = this.machine.view().getUint32(this.cell(unit) + CELL.at.count, true) + 1;
    if (unit.state === "cold" && count < this.options.threshold) {
      this.compiler.warm(this.program);
      this.setTrip(unit, this.options.threshold);
    } else this.ask(unit);
  }

  private ask(unit: UnitState): void {
    this.setTrip(unit, NEVER);
    if (unit.state !== "cold") return;
    if (this.asked.size + this.units.size > MAX_UNITS) return this.block(unit, "build.too-large", "too many units");
    unit.state = "asked";
    const id = this.nextId++;
    this.asked.set(id, unit);
    const uncompiled = this.machine.chunk.functions.flatMap((_, i) => (this.hasBody.has(i) || this.hasStub.has(i) ? [] : [i]));
    this.compiler.request(this.program, { id, unit: { fn: unit.fn, loopPc: unit.loopPc }, uncompiled });
    while (this.options.blocking && unit.state === "asked") {
      const list = this.compiler.wait();
      if (list.length === 0) this.block(unit, "build.failed", "the compiler stopped");
      for (const f of list) this.install(f);
    }
  }

  /** Takes what the compiler has finished. */
  collect(): void {
    for (const f of this.compiler.finished()) this.install(f);
  }
  /** Something was asked for and is not there yet. */
  get waiting(): boolean {
    return this.asked.size > 0;
  }

  private block(unit: UnitState, reason: Reason, detail: string): void {
    unit.state = "blocked";
    unit.reason = reason;
    unit.detail = detail;
    this.setTrip(unit, NEVER);
  }

  private install(f: Finished): void {
    const unit = this.asked.get(f.id);
    if (!unit) return;
    this.asked.delete(f.id);
    unit.ms = f.ms;
    if ("failed" in f) return this.block(unit, f.failed, f.detail);
    const { table } = this.machine;
    const instance = new WebAssembly.Instance(f.module, this.machine.imports);
    const view = this.machine.view();
    const largest = (field: "frameBytes" | "windowBytes", bytes: number): void => {
      const at = VM_BASE + VM.at[field];
      view.setInt32(at, Math.max(view.getInt32(at, true), bytes), true);
    };
    largest("frameBytes", f.frameBytes);
    largest("windowBytes", f.windowBytes);
    const slot = table.grow(1);
    table.set(slot, instance.exports.entry as Function);
    for (const fn of f.stubs) {
      if (this.hasBody.has(fn)) continue;
      table.set(this.machine.map.bodySlots + fn, instance.exports[`stub:${fn}`] as Function);
      this.hasStub.add(fn);
    }
    if (unit.loopPc < 0) {
      table.set(this.machine.map.bodySlots + unit.fn, instance.exports.body as Function);
      this.hasBody.add(unit.fn);
    }
    const cell = this.cell(unit);
    view.setUint32(cell + CELL.at.entry, slot, true);
    view.setUint32(cell + CELL.at.trip, 0, true);
    unit.state = "compiled";
    unit.bytes = f.bytes;
    unit.operations = f.operations;
    if (this.firstInstalled < 0) this.firstInstalled = performance.now();
  }

  /** A loop that is entered again and again for a few rounds: what is around it should be native. */
  private outgrow(loop: number): void {
    const row = this.machine.chunk.loops[loop]!;
    const cell = this.machine.map.codeBase + 4 * (row.pc + 1);
    const view = this.machine.view();
    const entries = view.getUint32(cell + CELL.at.entries, true);
    const rounds = view.getUint32(cell + CELL.at.rounds, true);
    if (entries === 0 || rounds / entries >= SHORT_LOOP_ROUNDS) return;
    if (row.parent >= 0) this.ask(this.loopUnit(row.parent));
    else if (row.fn !== 0) this.ask(this.functionUnit(row.fn));
  }

  private loopUnit(loop: number): UnitState {
    const row = this.machine.chunk.loops[loop]!;
    return this.unit(row.fn, row.pc);
  }
  private functionUnit(fn: number): UnitState {
    return this.unit(fn, -1);
  }
  private unit(fn: number, loopPc: number): UnitState {
    const key = `${fn}:${loopPc}`;
    let unit = this.units.get(key);
    if (!unit) {
      unit = { fn, loopPc, name: this.machine.chunk.functions[fn]!.name, state: "cold", reason: null, detail: "", ms: 0, bytes: 0, operations: 0 };
      this.units.set(key, unit);
    }
    return unit;
  }
  private cell(unit: UnitState): number {
    const { map } = this.machine;
    return unit.loopPc < 0 ? map.fnBase + FN.size * unit.fn : map.codeBase + 4 * (unit.loopPc + 1);
  }
  private setTrip(unit: UnitState, trip: number): void {
    this.machine.view().setUint32(this.cell(unit) + CELL.at.trip, trip, true);
  }
}
