/**
 * Built modules into the running program: instantiates them on the program's memory and table and fills the slots through which
 * interpreter and native code reach them.
 *
 *   cell.entry ──► slot of the entry       (interpreter → native; one slot per unit, reused when it is dropped)
 *   bodySlots + fn ──► body, or a stub     (native → native; a stub runs the interpreter)
 */
import { VM, VM_BASE } from "../compiler/layout/vm.js";
import type { Unit } from "../compiler/native.js";
import type { BuiltModule } from "./compiler.js";
import type { Machine } from "./machine.js";
import type { Profile } from "./profile.js";

/** The shadow stack of native code, and what lies behind its end for the last frame. */
const SHADOW_BYTES = 1 << 20;
const SHADOW_SLACK = 1 << 18;

export interface Installed {
  /** Table index of its entry. */
  readonly slot: number;
  readonly bytes: number;
}

export class Installer {
  private readonly stubs = new Map<number, Function>();
  private readonly bodies = new Set<number>();
  private readonly free: number[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly profile: Profile,
  ) {}

  /** Functions whose body slot is empty: a module that calls them must bring a stub. */
  uncompiled(): number[] {
    return this.machine.chunk.functions.flatMap((_, fn) => (this.bodies.has(fn) || this.stubs.has(fn) ? [] : [fn]));
  }

  /** Makes a unit enterable. Throws what instantiating throws. */
  install(unit: Unit, built: BuiltModule): Installed {
    const { table, map } = this.machine;
    const instance = new WebAssembly.Instance(built.module, this.machine.imports);
    const exported = (name: string): Function => instance.exports[name] as Function;
    this.raise("frameBytes", built.frameBytes);
    this.raise("windowBytes", built.windowBytes);
    if (built.shadowBytes > 0) this.shadow(built.shadowBytes);
    for (const fn of built.stubs) {
      if (this.stubs.has(fn)) continue;
      this.stubs.set(fn, exported(`stub:${fn}`));
      if (!this.bodies.has(fn)) table.set(map.bodySlots + fn, exported(`stub:${fn}`));
    }
    if (unit.loopPc < 0) {
      table.set(map.bodySlots + unit.fn, exported("body"));
      this.bodies.add(unit.fn);
    }
    const slot = this.free.pop() ?? table.grow(1);
    table.set(slot, exported("entry"));
    this.profile.setEntry(unit, slot);
    return { slot, bytes: built.bytes };
  }

  /**
   * Takes a unit out again. Native callers that are running may still call its body: it stays in its slot where there
   * is no stub to put there. Old code is never wrong, so that is only a matter of memory.
   */
  remove(unit: Unit, installed: Installed): void {
    this.profile.setEntry(unit, 0);
    this.machine.table.set(installed.slot, null);
    this.free.push(installed.slot);
    const stub = this.stubs.get(unit.fn);
    if (unit.loopPc >= 0 || stub === undefined) return;
    this.machine.table.set(this.machine.map.bodySlots + unit.fn, stub);
    this.bodies.delete(unit.fn);
  }

  /**
   * Makes the shadow stack when the first function needs it. Frames are taken before the depth is compared, so one more than
   * `shadowEnd` allows has to fit.
   */
  private shadow(bytes: number): void {
    const { machine } = this;
    const set = (field: keyof typeof VM.at, value: number): void =>
      machine.view().setUint32(VM_BASE + VM.at[field], value, true);
    if (machine.view().getUint32(VM_BASE + VM.at.shadowBase, true) === 0) {
      const base = machine.alloc(SHADOW_BYTES + SHADOW_SLACK);
      for (const field of ["shadowBase", "shadowTop"] as const) set(field, base);
      set("shadowEnd", base + SHADOW_BYTES);
    }
    if (bytes > SHADOW_SLACK) throw new RangeError("a frame with too many references");
    this.raise("shadowBytes", bytes);
  }

  /** Frame and window estimates only grow: dropped code may be on the host's stack. */
  private raise(field: "frameBytes" | "windowBytes" | "shadowBytes", bytes: number): void {
    const view = this.machine.view();
    const at = VM_BASE + VM.at[field];
    view.setInt32(at, Math.max(view.getInt32(at, true), bytes), true);
  }
}
