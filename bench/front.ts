/**
 * `npm run bench:front -- [--write]`: how long `orus check` takes for programs of 10,000, 30,000 and 100,000 lines: as a
 * whole process, and inside a process that has checked before, by phase. The time must grow as the program does.
 * `--write` puts the tables into bench/RESULTS.md, under "Check time".
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CompileResult, compile } from "../compiler/index.js";
import { warn } from "../compiler/warnings/index.js";
import { longProgram } from "./programs.js";
import { machine, median, ROOT, table, writeSection } from "./results.js";

const SIZES = [10_000, 30_000, 100_000];
const ROUNDS = 5;
const PHASES = ["read", "parse", "check", "lower"] as const;

/** Compiles as `orus check` does; throws when anything is reported. */
function check(text: string): CompileResult {
  const bytes = new TextEncoder().encode(text);
  const result = compile("long.orus", { read: () => ({ bytes }) }, warn);
  if (result.diagnostics.length > 0) throw new Error(`the program is not clean: ${result.diagnostics[0]!.label}`);
  return result;
}
/** Seconds of one `orus check` as a process of its own. */
function whole(path: string): number {
  const start = performance.now();
  const r = spawnSync(process.execPath, [join(ROOT, "dist", "bundle", "orus.mjs"), "check", path], {
    encoding: "utf8",
  });
  if (r.status !== 0 || r.stderr !== "") throw new Error(`orus check ended with ${r.status}: ${r.stderr}`);
  return (performance.now() - start) / 1000;
}

function main(argv: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), "orus-front-"));
  const texts = SIZES.map(longProgram);
  for (const text of texts) check(text);
  const processes: string[][] = [];
  const phases: string[][] = [];
  for (const text of texts) {
    const lines = text.split("\n").length - 1;
    const path = join(folder, `${lines}.orus`);
    writeFileSync(path, text);
    const outside: number[] = [];
    const inside: number[] = [];
    const results: CompileResult[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      outside.push(whole(path));
      const start = performance.now();
      results.push(check(text));
      inside.push((performance.now() - start) / 1000);
    }
    const row = (times: readonly number[]): string[] => [
      `${median(times).toFixed(3)} (${Math.min(...times).toFixed(2)}–${Math.max(...times).toFixed(2)})`,
      Math.round(lines / median(times)).toLocaleString("en"),
    ];
    const name = lines.toLocaleString("en");
    processes.push([name, `${Math.round(text.length / 1024)} KB`, ...row(outside), ...row(inside)]);
    phases.push([name, ...PHASES.map((phase) => median(results.map((r) => r.phases[phase])).toFixed(0))]);
  }
  rmSync(folder, { recursive: true });
  const text = [
    machine(),
    `Written by \`npm run bench:front -- --write\`: programs without errors, median (lowest–highest) of ${ROUNDS}.`,
    "",
    table(
      "`orus check`, seconds",
      ["lines", "size", "whole process", "lines a second", "in a warm process", "lines a second"],
      processes,
    ),
    table("Phases in a warm process, ms (`check` with the warnings)", ["lines", ...PHASES], phases),
  ].join("\n");
  process.stdout.write(`${text}\n`);
  if (argv.includes("--write")) writeSection("Check time", text);
}

main(process.argv.slice(2));
