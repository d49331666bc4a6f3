/**
 * What `--stats` tells: how much ran natively, when native code was there, what it cost, why it was left, and why the rest
 * stayed in the interpreter. The object is the JSON form; `statsText` is for people.
 */
import { opAt } from "../compiler/bytecode/ops.js";
import type { Engine, MemoryStats } from "./engine.js";
import { REASONS, type Reason } from "./reasons.js";
import type { State, UnitState } from "./tiers.js";

export interface UnitStats {
  readonly function: string;
  readonly line: number;
  readonly loop: boolean;
  readonly state: State;
  /** Why it was not compiled or not entered. */
  readonly reason: Reason | null;
  readonly detail: string;
  /** Building, and from the request to the installation. */
  readonly buildMs: number;
  readonly waitMs: number;
  readonly bytes: number;
  readonly operations: number;
  /** Entries from the interpreter, and units charged in them. */
  readonly entries: number;
  readonly rounds: number;
}
export interface ExitStats {
  readonly reason: Reason;
  readonly line: number;
  readonly count: number;
}
export interface Stats extends MemoryStats {
  /** Rounds and calls: all of them, the ones the interpreter executed, the native share of them and (estimated) of the time. */
  readonly events: number;
  readonly interpreted: number;
  readonly nativeShare: number;
  readonly nativeTimeShare: number;
  readonly totalMs: number;
  /** Milliseconds from the start to the first native code that was entered; -1: none was. */
  readonly firstNativeMs: number;
  readonly compileMs: number;
  readonly nativeEntries: number;
  readonly memoryBytes: number;
  readonly codeBytes: number;
  readonly units: readonly UnitStats[];
  readonly exits: readonly ExitStats[];
}

/** Reads the figures of a program, normally after its end. */
export function statsOf(engine: Engine): Stats {
  const { tiers, driver } = engine;
  const { all, interpreted } = engine.charged();
  const states = [...(tiers?.units.values() ?? [])];
  const units = tiers === null ? [] : states.map((u) => unitStats(engine, u, states));
  const entered = states.filter((u) => tiers !== null && tiers.profile.entries(u) > 0 && u.installedAt >= 0);
  const totalMs = engine.options.now() - driver.started;
  const exits = (engine.exits?.list(states.filter((u) => u.installedAt >= 0)) ?? []).map((e) => ({
    reason: e.reason,
    line: lineOfPc(engine, e.pc),
    count: e.count,
  }));
  return {
    events: all,
    interpreted,
    nativeShare: all > 0 ? (all - interpreted) / all : 0,
    nativeTimeShare: totalMs > 0 ? Math.min(1, driver.nativeMs / totalMs) : 0,
    totalMs,
    firstNativeMs: entered.length === 0 ? -1 : Math.min(...entered.map((u) => u.installedAt)) - driver.started,
    compileMs: states.reduce((sum, u) => sum + u.buildMs, 0),
    nativeEntries: engine.nativeEntries(),
    memoryBytes: engine.memoryBytes(),
    ...engine.memory(),
    codeBytes: tiers?.codeBytes ?? 0,
    units,
    exits,
  };
}

function unitStats(engine: Engine, u: UnitState, all: readonly UnitState[]): UnitStats {
  const { chunk, files } = engine;
  const { profile } = engine.tiers!;
  const fn = chunk.functions[u.fn]!;
  const offset = u.loopPc < 0 ? fn.offset : chunk.loops.find((l) => l.pc === u.loopPc)!.offset;
  const entries = profile.entries(u);
  const { state, detail, buildMs, waitMs, bytes, operations } = u;
  const reason = state === "compiled" && entries > 0 ? null : reasonOf(engine, u, all);
  const line = files[fn.file]?.line(offset) ?? 0;
  return {
    function: u.name,
    line,
    loop: u.loopPc >= 0,
    state,
    reason,
    detail,
    buildMs,
    waitMs,
    bytes,
    operations,
    entries,
    rounds: profile.rounds(u),
  };
}

/** Why a unit has no entries, or no code. */
function reasonOf(engine: Engine, u: UnitState, all: readonly UnitState[]): Reason {
  if (u.reason !== null) return u.reason;
  if (u.state === "hot") return "enter.pending";
  if (u.state !== "compiled") return "enter.cold";
  const { profile } = engine.tiers!;
  if (profile.count(u) !== u.countThen) return "enter.no-room";
  const callers = all.filter((c) => c !== u && c.state === "compiled");
  return u.loopPc < 0 && callers.some((c) => calls(engine, c, u.fn)) ? "enter.inside-native" : "enter.no-further-round";
}

/** Whether the code of a unit has a CALL of the function. */
function calls(engine: Engine, unit: UnitState, callee: number): boolean {
  const { code, functions } = engine.chunk;
  const { codeStart, codeEnd } = functions[unit.fn]!;
  for (let pc = codeStart; pc < codeEnd; ) {
    const op = opAt(code, pc)!;
    if (op.name === "CALL" && code[pc + 1] === callee) return true;
    pc += op.size;
  }
  return false;
}

function lineOfPc(engine: Engine, pc: number): number {
  return engine.chunk.lines.findLast((row) => row.pc <= pc)?.line ?? 0;
}

const says = (reason: Reason): string => REASONS[reason].says;
const ms = (n: number): string => `${n.toFixed(1)} ms`;
const size = (bytes: number): string =>
  bytes < 2 ** 23 ? `${(bytes / 2 ** 10).toFixed(0)} KB` : `${(bytes / 2 ** 20).toFixed(0)} MB`;
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** For people. */
export function statsText(s: Stats): string {
  const first =
    s.firstNativeMs < 0 ? "none" : `after ${ms(s.firstNativeMs)}, ${s.nativeEntries} entries from the interpreter`;
  const lines = [
    `run            ${ms(s.totalMs)}, ${size(s.memoryBytes)} of memory`,
    `rounds, calls  ${s.events}, ${percent(s.nativeShare)} of them native (about ${percent(s.nativeTimeShare)} of the time)`,
    `first native   ${first}`,
    `heap           ${size(s.allocatedBytes)} allocated, ${s.collections} collections, at most ${size(s.heapPeakBytes)}`,
  ];
  if (s.units.length > 0)
    lines.push(`compiling      ${ms(s.compileMs)} beside the program, ${s.codeBytes} bytes of WebAssembly`);
  for (const u of s.units) {
    const what = `${u.loop ? "loop in" : "function"} ${u.function}, line ${u.line}`;
    const made = u.state === "compiled" ? ` ${u.bytes} bytes in ${ms(u.buildMs)}, entered ${u.entries} times` : "";
    const why = u.reason === null ? "" : ` (${says(u.reason)}${u.detail === "" ? "" : `: ${u.detail}`})`;
    lines.push(`  ${what.padEnd(34)} ${u.state}${made}${why}`);
  }
  for (const e of s.exits) lines.push(`  ${`left to line ${e.line}`.padEnd(34)} ${e.count} times: ${says(e.reason)}`);
  return `${lines.join("\n")}\n`;
}
