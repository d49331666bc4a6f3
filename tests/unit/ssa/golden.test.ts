/**
 * tests/golden/ssa/<idea>.orus: a program of one idea; <idea>.ssa: its optimised SSA, functions as AOT and loops as JIT.
 * The idea itself stands in the program: `// ssa: WORD -WORD` at the end of a line demands that some operation of that
 * line is WORD, and that none is -WORD (in the function's own AOT form). BLESS=1 rewrites the dumps.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { type Chunk, compile } from "../../../compiler/index.js";
import {
  type BuildUnit,
  buildSsa,
  contextOf,
  type Func,
  optimise,
  print,
  verify,
} from "../../../compiler/ssa/index.js";

const FOLDER = join(process.cwd(), "tests", "golden", "ssa");
const FILES = readdirSync(FOLDER)
  .filter((f) => f.endsWith(".orus"))
  .sort();

function optimised(chunk: Chunk, unit: BuildUnit, mode: "jit" | "aot"): Func {
  const f = buildSsa(chunk, unit, mode);
  if ("failed" in f) throw new Error(f.detail);
  optimise(f, contextOf(chunk, mode, 2), (pass) => verify(f, pass));
  return f;
}
function lineAt(chunk: Chunk, pc: number): number {
  let line = 0;
  for (const row of chunk.lines) if (row.pc <= pc) line = row.line;
  return line;
}

test.each(FILES)("%s", (file) => {
  const path = join(FOLDER, file);
  const { chunk, diagnostics } = compile(path, { read: (p) => ({ bytes: readFileSync(p) }) });
  if (!chunk) throw new Error(diagnostics.map((d) => `${d.code} ${d.label}`).join("\n"));
  const functions = chunk.functions.map((_, fn) => optimised(chunk, { fn, loopPc: -1 }, "aot"));
  const loops = chunk.loops.map((l) => optimised(chunk, { fn: l.fn, loopPc: l.pc }, "jit"));

  const found = new Map<number, Set<string>>();
  for (const f of functions)
    for (const b of f.blocks)
      for (const v of b.values) {
        const line = v.inlined.length === 0 && v.pc >= 0 ? lineAt(chunk, v.pc) : 0;
        found.set(line, (found.get(line) ?? new Set()).add(v.op));
      }
  readFileSync(path, "utf8")
    .split("\n")
    .forEach((text, i) => {
      for (const word of text.split("// ssa:")[1]?.trim().split(/\s+/) ?? []) {
        const there = found.get(i + 1)?.has(word.replace(/^-/, "")) ?? false;
        if (there === word.startsWith("-"))
          throw new Error(`line ${i + 1}: ${word} does not hold: ${[...(found.get(i + 1) ?? [])].join(" ")}`);
      }
    });

  const text = [...functions, ...loops].map(print).join("\n");
  const golden = path.replace(/\.orus$/, ".ssa");
  if (process.env.BLESS === "1") writeFileSync(golden, text);
  else expect(text).toBe(existsSync(golden) ? readFileSync(golden, "utf8") : "");
});
