/**
 * tests/golden/bytecode/<idea>.orus: a program of one idea; <idea>.dis: what `orus dis` shows of it. The idea itself
 * stands in the program: `// bytecode: WORD -WORD` at the end of a line demands that some op of that line is WORD, and
 * that none is -WORD. BLESS=1 rewrites the dumps.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { decode } from "../../../compiler/bytecode/disasm.js";
import { type Chunk, disassemble } from "../../../compiler/index.js";
import { chunkOf } from "./helper.js";

const FOLDER = join("tests", "golden", "bytecode");
const FILES = readdirSync(FOLDER)
  .filter((f) => f.endsWith(".orus"))
  .sort();

/** Names of the ops of each line. */
function opsByLine(chunk: Chunk): Map<number, Set<string>> {
  const found = new Map<number, Set<string>>();
  for (const fn of chunk.functions) {
    for (const { line, op } of decode(chunk, fn).list) found.set(line, (found.get(line) ?? new Set()).add(op.name));
  }
  return found;
}

test.each(FILES)("%s", (file) => {
  const path = join(FOLDER, file);
  const text = readFileSync(path, "utf8");
  const chunk = chunkOf(text);
  const found = opsByLine(chunk);
  text.split("\n").forEach((line, i) => {
    const there = found.get(i + 1) ?? new Set();
    for (const word of line.split("// bytecode:")[1]?.trim().split(/\s+/) ?? []) {
      const wanted = !word.startsWith("-");
      if (there.has(word.replace(/^-/, "")) !== wanted)
        throw new Error(`line ${i + 1}: ${word} does not hold: ${[...there].join(" ")}`);
    }
  });
  const golden = path.replace(/\.orus$/, ".dis");
  const shown = disassemble(chunk);
  if (process.env.BLESS === "1") writeFileSync(golden, shown);
  else expect(shown).toBe(existsSync(golden) ? readFileSync(golden, "utf8") : "");
});
