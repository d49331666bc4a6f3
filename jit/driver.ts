/**
 * The synchronous driver: calls the interpreter until the program is over and gives it budget in slices. Whenever a slice is
 * used up (in the interpreter, which returns, or in native code, which calls `poll`) it looks at the clock, at fuel, at
 * finished native code and at what was printed. docs/architecture.md, "Charging".
 *
 * Slices aim at a time, from the measured speed. At first 1 ms: V8 replaces its baseline code of the interpreter only
 * between calls of `run`. Later they are longer, but bounded in units: when a program turns from rounds of a
 * nanosecond to rounds of a microsecond, the last slice granted at the old speed must still end within a fraction of
 * a second, or Ctrl-C and limits would hang. Fuel is the sum of all slices, so it is exact.
 */
import { POLL, RUN } from "../compiler/layout/vm.js";
import type { Batches } from "./batches.js";

const FIRST_SLICE_MS = 1;
const SLICE_MS = 4;
/** How long slices stay short. */
const WARM_UP_MS = 300;
const FLUSH_MS = 50;
const FIRST_SLICE = 20_000;
const MIN_SLICE = 500;
const MAX_SLICE = 1 << 20;
/** A slice grows or shrinks by at most this factor. */
const MAX_CHANGE = 4;
/** E0040. */
export const TIME_IS_UP = 40;

export interface Limits {
  /** Units that may be charged in all; null: no limit. */
  readonly fuel: number | null;
  /** Milliseconds from the start; null: no limit. */
  readonly maxTime: number | null;
}

/** The driver's view of a program. */
export interface Driven {
  run(): number;
  /** Ends an outermost run that returned for its budget with an error that cannot be caught. */
  stopAt(code: number): number;
  /** The same for one that asks from native code or a nested run. */
  failAt(code: number): void;
  addBudget(units: number): void;
  flush(): void;
  /** Takes finished native code. */
  collect(): void;
  /** Bytecode address of the last charging place that asked. */
  lastPlace(): number;
}

export class Driver {
  readonly started: number;
  private slice = FIRST_SLICE;
  private lastAsk: number;
  private lastFlush: number;
  private fuelLeft: number;
  /** Units given so far. */
  granted = 0;
  /** Milliseconds of slices that native code ended: an estimate of the time in it. */
  nativeMs = 0;
  /** How often somebody asked. */
  asks = 0;

  constructor(
    private readonly program: Driven,
    private readonly limits: Limits,
    private readonly batches: Batches | null,
    private readonly now: () => number,
  ) {
    this.started = this.lastAsk = this.lastFlush = now();
    this.fuelLeft = limits.fuel ?? Number.POSITIVE_INFINITY;
  }

  /** Runs to the end; answers RUN. */
  run(): number {
    this.lastAsk = this.lastFlush = this.now();
    this.refill();
    let status = this.program.run();
    while (status === RUN.BUDGET) {
      const now = this.now();
      status = this.serve(now) ? this.program.run() : this.program.stopAt(TIME_IS_UP);
    }
    return status;
  }

  /** The import `poll`: the budget is used up inside native code or a nested run. */
  poll(): number {
    const now = this.now();
    this.nativeMs += now - this.lastAsk;
    if (!this.serve(now)) {
      this.program.failAt(TIME_IS_UP);
      return POLL.ERROR;
    }
    return this.batches?.leave(this.program.lastPlace(), now) ? POLL.LEAVE : POLL.GO_ON;
  }

  /** What is due when a slice is used up. False: fuel or time is used up too. */
  private serve(now: number): boolean {
    this.asks++;
    if (this.limits.maxTime !== null && now - this.started >= this.limits.maxTime) return false;
    this.program.collect();
    if (now - this.lastFlush >= FLUSH_MS) {
      this.program.flush();
      this.lastFlush = now;
    }
    const wanted = now - this.started < WARM_UP_MS ? FIRST_SLICE_MS : SLICE_MS;
    const change = wanted / Math.max(now - this.lastAsk, 0.001);
    this.slice *= Math.min(MAX_CHANGE, Math.max(1 / MAX_CHANGE, change));
    this.slice = Math.min(MAX_SLICE, Math.max(MIN_SLICE, this.slice));
    this.lastAsk = now;
    return this.refill();
  }

  /** Gives a slice; false when the fuel is used up. */
  private refill(): boolean {
    const units = Math.min(Math.floor(this.slice), this.fuelLeft);
    if (units <= 0) return false;
    this.fuelLeft -= units;
    this.granted += units;
    this.program.addBudget(units);
    return true;
  }
}
