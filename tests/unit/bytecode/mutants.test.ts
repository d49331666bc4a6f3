/**
 * Mutated chunks: refused, or run to an end by the interpreter, which never traps and never hangs. Programs come from the
 * examples and from the generator of random ones; which words change is drawn with a fixed seed. Only programs of numbers and
 * strings: the verifier does not tell kinds of objects apart (docs/architecture.md, "What the verifier does not see").
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { EXTENDED_BASE } from "../../../compiler/bytecode/ops.js";
import { deserialise, serialise } from "../../../compiler/bytecode/serialise.js";
import { type Chunk, disassemble, verify } from "../../../compiler/index.js";
import { generate } from "../../fuzz/generate.js";
import { compileText, output } from "./helper.js";

const MUTANTS = 12_000;
let seed = 20_260_101;
function random(n: number): number {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * n);
}

const withoutObjects = (chunk: Chunk): boolean =>
  chunk.variants.length === 0 && chunk.types.every(({ what }) => what !== "array" && what !== "function");

function sources(): Chunk[] {
  const texts = readdirSync("examples")
    .filter((f) => f.endsWith(".orus"))
    .map((f) => readFileSync(join("examples", f), "utf8"));
  for (let i = 0; i < 30; i++) texts.push(generate(Array.from({ length: 400 }, () => random(1000))));
  return texts.flatMap((text) => compileText(text).chunk ?? []).filter(withoutObjects);
}

/** One change of one word, of a kind that has a chance to be accepted. */
function changeWord(code: Uint32Array): void {
  const at = random(code.length);
  const word = code[at]!;
  const small = random(12);
  const changes: readonly (() => number)[] = [
    () => word ^ (1 << random(32)),
    () => (word & ~0xff) | random(EXTENDED_BASE),
    () => (word & ~0xff00) | (small << 8),
    () => (word & ~0xff0000) | (small << 16),
    () => (word & 0xffffff) | (small << 24),
    () => random(40) - 20,
    () => code[random(code.length)]!,
  ];
  code[at] = changes[random(changes.length)]!() >>> 0;
}
function changeProto(chunk: Chunk): Chunk {
  const functions = [...chunk.functions];
  const i = random(functions.length);
  const f = { ...functions[i]! };
  const reps = ["i32", "i64", "f64", "ref"] as const;
  const step = random(5) - 2;
  switch (random(6)) {
    case 0:
      f.window += step;
      break;
    case 1:
      f.otherRefs += step;
      break;
    case 2:
      f.otherRefsStart = (f.otherRefsStart ?? f.params.length) + step;
      break;
    case 3:
      f.codeEnd += step;
      break;
    case 4:
      f.result = f.result && reps[random(4)]!;
      break;
    default:
      f.params = f.params.map(() => reps[random(4)]!);
  }
  functions[i] = f;
  return { ...chunk, functions };
}

test("accepted mutants run", () => {
  const programs = sources();
  let accepted = 0;
  for (let n = 0; n < MUTANTS; n++) {
    const program = programs[random(programs.length)]!;
    const code = program.code.slice();
    for (let k = random(3); k >= 0; k--) changeWord(code);
    let mutant: Chunk = { ...program, code };
    if (random(8) === 0) mutant = changeProto(mutant);
    if (verify(mutant) !== null) continue;
    accepted++;
    try {
      output(mutant, 20_000);
    } catch (e) {
      throw new Error(`mutant ${n}: ${(e as Error).message}\n${disassemble(mutant)}`);
    }
  }
  expect(accepted).toBeGreaterThan(MUTANTS / 50);
});

test("damaged files with a right checksum are refused or run", () => {
  const programs = sources().map((chunk) => serialise(chunk));
  for (let n = 0; n < 3000; n++) {
    const bytes = programs[random(programs.length)]!.slice();
    // The last quarter is code, spans and lines, which is where a change is not noticed at once.
    for (let k = random(4); k >= 0; k--) bytes[16 + random(bytes.length - 16)] = random(256);
    const read = deserialise(bytes);
    if (!("failed" in read)) output(read.chunk, 20_000);
  }
});
