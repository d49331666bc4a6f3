/**
 * What `--stats` tells: how much ran natively, when native code was there, what it cost, and why the rest stayed in the
 * interpreter.
 */
import type { Engine } from "./engine.js";
import { REASONS } from "./reasons.js";

export interface Stats {
  /** Rounds and calls, all of them and the ones the interpreter executed; their native share. */
  readonly events: number;
  readonly interpreted: number;
  readonly nativeShare: number;
  /** Milliseconds from the start of the engine; -1: no native code. */
  readonly firstNativeMs: number;
  readonly totalMs: number;
  readonly nativeEntries: number;
  readonly units: readonly {
    readonly function: string;
    readonly line: number;
    readonly loop: boolean;
    readonly state: string;
    readonly reason: string | null;
    readonly buildMs: number;
    readonly bytes: number;
    readonly entries: number;
  }[];
}

export function statsOf(engine: Engine): Stats {
  const { all, interpreted } = engine.charged();
  const first = engine.tiers?.firstInstalled ?? -1;
  const lineOf = (file: number, offset: number): number => engine.files[file]?.line(offset) ?? 0;
  return {
    events: all,
    interpreted,
    nativeShare: all > 0 ? (all - interpreted) / all : 0,
    firstNativeMs: first < 0 ? -1 : first - engine.started,
    totalMs: performance.now() - engine.started,
    nativeEntries: engine.nativeEntries(),
    units: [...(engine.tiers?.units.values() ?? [])].map((u) => {
      const fn = engine.chunk.functions[u.fn]!;
      const offset = u.loopPc < 0 ? fn.offset : engine.chunk.loops.find((l) => l.pc === u.loopPc)!.offset;
      return {
        function: u.name, line: lineOf(fn.file, offset), loop: u.loopPc >= 0, state: u.state,
        reason: u.reason ?? (u.state === "asked" ? "enter.pending" : u.state === "cold" ? "enter.cold" : null),
        buildMs: u.ms, bytes: u.bytes, entries: engine.entriesOf(u.fn, u.loopPc),
      };
    }),
  };
}

/** For people. */
export function statsText(s: Stats): string {
  const ms = (n: number): string => `${n.toFixed(1)} ms`;
  const lines = [
    `run            ${ms(s.totalMs)}`,
    `rounds, calls  ${s.events} (${(100 * s.nativeShare).toFixed(2)} % native)`,
    `first native   ${s.firstNativeMs < 0 ? "none" : `after ${ms(s.firstNativeMs)}`}, ${s.nativeEntries} entries from the interpreter`,
  ];
  for (const u of s.units) {
    const what = `${u.loop ? "loop in" : "function"} ${u.function}, line ${u.line}`;
    const why = u.reason === null ? "" : `: ${(REASONS as Record<string, { says: string }>)[u.reason]?.says ?? u.reason}`;
    lines.push(`  ${what.padEnd(34)} ${u.state}${why}${u.state === "compiled" ? `, ${u.bytes} bytes in ${ms(u.buildMs)}, entered ${u.entries} times` : ""}`);
  }
  return `${lines.join("\n")}\n`;
}
