/**
 * Every op of the table is complete: interpreter, translation to SSA, a line in the reference, and a program that contains it
 * and does the same in every tier. An op that nothing makes fails here: it has no place in the table.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { ALL_OPS, EXTENDED_BASE, opAt } from "../compiler/bytecode/ops.js";
import { buildSsa } from "../compiler/ssa/index.js";
import { ROOT } from "./conformance/probes.js";
import { binaryen } from "./support/binaryen.js";
import { type Compiled, compiled, program, Tiers } from "./support/tiers.js";

const text = (...path: string[]): string => readFileSync(join(ROOT, ...path), "utf8");
const OPS_FOLDER = join("tests", "programs", "ops");
const FOLDERS = [join("tests", "conformance", "core"), join("tests", "conformance", "types"), OPS_FOLDER, "examples"];
const sources = (folder: string): string[] => readdirSync(join(ROOT, folder)).filter((f) => f.endsWith(".orus"));

function namesIn({ chunk }: Compiled): Set<string> {
  const names = new Set<string>();
  for (let pc = 0; pc < chunk.code.length; ) {
    const op = opAt(chunk.code, pc)!;
    names.add(op.name);
    pc += op.size;
  }
  return names;
}

describe("every op", () => {
  test("has a case in the interpreter", () => {
    const inLoop = text("runtime-as", "interp", "loop.ts").matchAll(/case Op\.(\w+):/g);
    const extended = text("runtime-as", "gen", "extended.ts").matchAll(/\/\/ (\w+)\n {4}case/g);
    const cases = new Set([...inLoop, ...extended].map((m) => m[1]));
    expect(ALL_OPS.filter((op) => !cases.has(op.name)).map((op) => op.name)).toEqual([]);
    expect([...cases].filter((name) => !ALL_OPS.some((op) => op.name === name))).toEqual([]);
  });
  test("has a line in docs/bytecode.md", () => {
    const lines = text("docs", "bytecode.md");
    expect(
      ALL_OPS.filter(
        (op) => !lines.includes(`| ${op.extended ? op.code - EXTENDED_BASE : op.code} | ${op.name} |`),
      ).map((op) => op.name),
    ).toEqual([]);
  });
  test("is in a program, and every function of those programs becomes SSA", () => {
    const made = new Set<string>();
    for (const folder of FOLDERS) {
      for (const file of sources(folder)) {
        const p = compiled(text(folder, file), file);
        // Probes of what the compiler rejects contain no ops.
        if ("rejected" in p) continue;
        for (const name of namesIn(p)) made.add(name);
        for (const fn of p.chunk.functions.keys())
          expect(buildSsa(p.chunk, { fn, loopPc: -1 }, "jit")).not.toHaveProperty("failed");
      }
    }
    // EXT itself only begins those that have names.
    expect(ALL_OPS.filter((op) => !made.has(op.name) && op.name !== "EXT").map((op) => op.name)).toEqual([]);
  });
});

describe("programs of the ops do the same in every tier", () => {
  const tiers = new Tiers(binaryen);
  test.each(sources(OPS_FOLDER))("%s", (file) => {
    const p = program(text(OPS_FOLDER, file), file);
    const expected = { out: text(OPS_FOLDER, file.replace(/\.orus$/, ".out")), exit: 0, error: null };
    expect(tiers.interp(p)).toEqual(expected);
    expect(tiers.jit(p)).toEqual(expected);
    expect(tiers.jit(p, 4)).toEqual(expected);
    expect(tiers.aot(p)).toEqual(expected);
    expect(tiers.interp(p, { hostile: true })).toEqual(expected);
    expect(tiers.jit(p, 1, { hostile: true })).toEqual(expected);
    expect(tiers.aot(p, { hostile: true })).toEqual(expected);
    let at = 0;
    for (const { name, seen } of tiers.forced(p, 4, (n) => (at += 17) % n))
      expect({ name, ...seen }).toEqual({ name, ...expected });
  });
});
