/**
 * The state of each loop and function. The only file that changes it.
 *
 *   cold ──► warm ──► hot ──► compiled ──► blocked
 *             │        └────────────────────►▲        could not be built
 *             └─ a quarter of the threshold: Binaryen is loaded
 *
 * The interpreter calls `hot` when a cell's count reaches its trip: at a quarter of the threshold (background mode) and at
 * exactly the threshold. Blocking mode waits for the code, so that very round or call runs native. Every 1,024th entry it
 * calls again, and the unit is judged (exits.ts): a loop of few rounds asks for what is around it, code that only
 * leaves is taken away and, after a few tries, blocked for good. Forced exits (tests) are never judged.
 */
import type { Unit } from "../compiler/native.js";
import { CodeCache } from "./cache.js";
import type { Compiler, Finished, Program, Request } from "./compiler.js";
import { judge } from "./exits.js";
import { type Installed, Installer } from "./install.js";
import { mapOf } from "./load.js";
import type { Machine } from "./machine.js";
import { NEVER, Profile } from "./profile.js";
import type { Reason } from "./reasons.js";

export type State = "cold" | "warm" | "hot" | "compiled" | "blocked";

/** What is known of one loop or function. */
export interface UnitState extends Unit {
  readonly key: string;
  readonly name: string;
  state: State;
  /** Why it is blocked. */
  reason: Reason | null;
  detail: string;
  /** How often its code was taken away for leaving. */
  dropped: number;
  /** The interpreter's count when the code was installed. */
  countThen: number;
  /** On the engine's clock: when it was asked for and (-1: never) first installed. */
  askedAt: number;
  installedAt: number;
  /** Milliseconds of building, and from request to answer. */
  buildMs: number;
  waitMs: number;
  bytes: number;
  operations: number;
  /** Entries and rounds when it was judged last. */
  seen: { entries: number; rounds: number; failedChecks: number };
}

export interface TierOptions {
  readonly threshold: number;
  /** Wait for code. */
  readonly blocking: boolean;
  /** Exits are forced by a test. */
  readonly forced: boolean;
  readonly now: () => number;
  /** New code was installed. */
  readonly installed: () => void;
}

/** Kinds of the import `hot`. */
const HOT = { LOOP: 0, FUNCTION: 1, LOOK_LOOP: 2, LOOK_FUNCTION: 3 } as const;
/** A unit is taken away and built again this often before it is blocked. */
const TRIES = 3;
/** The part of the threshold at which the compiler is woken. */
const WARM_PART = 4;

export class Tiers {
  readonly units = new Map<string, UnitState>();
  readonly profile: Profile;
  private readonly installer: Installer;
  private readonly cache = new CodeCache<Installed & { readonly unit: UnitState }>();
  private readonly program: Program;
  private readonly asked = new Map<number, { readonly unit: UnitState; readonly generation: number }>();
  private nextId = 0;
  /** The host forbids compiling: nothing is asked for any more. */
  private forbidden = false;

  constructor(
    private readonly machine: Machine,
    private readonly compiler: Compiler,
    private readonly options: TierOptions,
  ) {
    this.profile = new Profile(machine.chunk, machine.map, () => machine.view());
    this.installer = new Installer(machine, this.profile);
    this.program = { chunk: machine.chunk, map: mapOf(machine.map), forced: options.forced };
  }

  /** The trip with which cells start. */
  static firstTrip(options: Pick<TierOptions, "threshold" | "blocking">): number {
    return options.blocking ? options.threshold : Math.max(1, Math.floor(options.threshold / WARM_PART));
  }

  /** The import `hot`. */
  hot(kind: number, index: number): void {
    const unit = kind === HOT.LOOP || kind === HOT.LOOK_LOOP ? this.loopUnit(index) : this.unit(index, -1);
    if (kind === HOT.LOOP || kind === HOT.FUNCTION) this.tripped(unit);
    else this.look(unit);
  }

  /** Takes what the compiler has finished. */
  collect(): void {
    if (this.asked.size === 0) return;
    for (const f of this.compiler.finished()) this.finish(f);
  }

  /** Takes a unit's code away; it may get hot again. */
  invalidate(unit: UnitState): void {
    const code = this.cache.take(unit.key);
    if (code === undefined) return;
    this.installer.remove(unit, code);
    this.cool(unit);
  }

  /** Takes all code away. What is being built belongs to an older generation and is dropped when it comes. */
  flush(): void {
    for (const code of this.cache.flush()) {
      this.installer.remove(code.unit, code);
      this.cool(code.unit);
    }
  }

  /** Bytes of native code in use. */
  get codeBytes(): number {
    return this.cache.bytes;
  }

  /** As if it had not been seen yet: the next threshold counts from here. */
  private cool(unit: UnitState): void {
    unit.state = "cold";
    this.profile.setTrip(unit, Math.min(NEVER, this.profile.count(unit) + this.options.threshold));
  }

  private tripped(unit: UnitState): void {
    if (unit.state === "hot" || unit.state === "blocked") return this.profile.setTrip(unit, NEVER);
    if (unit.state === "cold" && this.profile.count(unit) + 1 < this.options.threshold) {
      unit.state = "warm";
      this.compiler.warm(this.program, this.requestFor(unit));
      this.profile.setTrip(unit, this.options.threshold);
    } else this.ask(unit);
  }

  private requestFor(unit: UnitState): Request {
    return { id: this.nextId++, unit: { fn: unit.fn, loopPc: unit.loopPc }, uncompiled: this.installer.uncompiled() };
  }

  private ask(unit: UnitState): void {
    if (unit.state !== "cold" && unit.state !== "warm") return;
    if (this.forbidden) return this.block(unit, "build.no-compile", "");
    this.profile.setTrip(unit, NEVER);
    unit.state = "hot";
    unit.askedAt = this.options.now();
    const request = this.requestFor(unit);
    this.asked.set(request.id, { unit, generation: this.cache.generation });
    this.compiler.request(this.program, request);
    while (this.options.blocking && this.stateOf(unit) === "hot") {
      const list = this.compiler.wait();
      if (list.length === 0) this.block(unit, "build.failed", "the compiler does not answer");
      for (const f of list) this.finish(f);
    }
  }
  /** Other code changes it while `ask` waits. */
  private stateOf(unit: UnitState): State {
    return unit.state;
  }

  private finish(f: Finished): void {
    const request = this.asked.get(f.id);
    if (request === undefined) return;
    this.asked.delete(f.id);
    const { unit } = request;
    if (unit.state !== "hot") return;
    unit.buildMs = f.ms;
    unit.waitMs = this.options.now() - unit.askedAt;
    if ("failed" in f) {
      this.forbidden ||= f.failed === "build.no-compile";
      return this.block(unit, f.failed, f.detail);
    }
    if (request.generation !== this.cache.generation) return this.cool(unit);
    if (!this.cache.fits(f.bytes)) this.flush();
    try {
      this.cache.put(unit.key, { ...this.installer.install(unit, f), unit });
    } catch (e) {
      return this.block(unit, "build.failed", e instanceof Error ? e.message : String(e));
    }
    unit.state = "compiled";
    if (unit.installedAt < 0) unit.installedAt = this.options.now();
    unit.bytes = f.bytes;
    unit.operations = f.operations;
    unit.countThen = this.profile.count(unit);
    unit.seen = this.seenNow(unit);
    this.profile.setTrip(unit, 0);
    this.options.installed();
  }

  private block(unit: UnitState, reason: Reason, detail: string): void {
    unit.state = "blocked";
    unit.reason = reason;
    unit.detail = detail;
    this.profile.setTrip(unit, NEVER);
  }

  private seenNow(unit: UnitState): UnitState["seen"] {
    return {
      entries: this.profile.entries(unit),
      rounds: this.profile.rounds(unit),
      failedChecks: this.machine.exits.failedChecks(unit),
    };
  }

  /** Many entries since the last look: does the unit pay? */
  private look(unit: UnitState): void {
    if (unit.state !== "compiled" || this.options.forced) return;
    const { seen } = unit;
    const now = (unit.seen = this.seenNow(unit));
    const verdict = judge({
      entries: (now.entries - seen.entries) >>> 0,
      rounds: (now.rounds - seen.rounds) >>> 0,
      failedChecks: now.failedChecks - seen.failedChecks,
    });
    if (verdict === "outgrow") this.outgrow(unit);
    else if (verdict === "drop") this.drop(unit);
  }

  /** The bigger unit is entered instead, because its LOOP or CALL comes first. */
  private outgrow(unit: UnitState): void {
    if (unit.loopPc < 0) return;
    const row = this.machine.chunk.loops.find((l) => l.pc === unit.loopPc)!;
    if (row.parent >= 0) this.ask(this.loopUnit(row.parent));
    // Module-level code runs once: it is never entered as a function.
    else if (row.fn !== 0) this.ask(this.unit(row.fn, -1));
  }

  private drop(unit: UnitState): void {
    this.invalidate(unit);
    unit.dropped++;
    if (unit.dropped >= TRIES) this.block(unit, "enter.blocked", `left too often, ${unit.dropped} times built`);
  }

  private loopUnit(loop: number): UnitState {
    const row = this.machine.chunk.loops[loop]!;
    return this.unit(row.fn, row.pc);
  }
  private unit(fn: number, loopPc: number): UnitState {
    const key = `${fn}:${loopPc}`;
    let unit = this.units.get(key);
    if (unit === undefined) {
      unit = {
        fn,
        loopPc,
        key,
        name: this.machine.chunk.functions[fn]!.name,
        state: "cold",
        reason: null,
        detail: "",
        dropped: 0,
        countThen: 0,
        askedAt: 0,
        installedAt: -1,
        buildMs: 0,
        waitMs: 0,
        bytes: 0,
        operations: 0,
        seen: { entries: 0, rounds: 0, failedChecks: 0 },
      };
      this.units.set(key, unit);
    }
    return unit;
  }
}
