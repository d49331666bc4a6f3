/** What the tests of the bytecode share: from a text to a chunk, to the names of its ops, to what it prints. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { decode, type Instruction } from "../../../compiler/bytecode/disasm.js";
import type { OpName } from "../../../compiler/bytecode/ops.js";
import { verify } from "../../../compiler/bytecode/verify.js";
import { type Chunk, type CompileResult, compile } from "../../../compiler/index.js";
import { runChunk } from "../../../jit/index.js";
import { hostOf } from "../../conformance/probes.js";

export const compileText = (text: string): CompileResult =>
  compile("t.orus", { read: () => ({ bytes: new TextEncoder().encode(text) }) });

/** The chunk of a program without errors, verified. */
export function chunkOf(text: string): Chunk {
  const { chunk, diagnostics } = compileText(text);
  if (!chunk) throw new Error(diagnostics.map((d) => `${d.code} ${d.label}`).join("\n"));
  const wrong = verify(chunk);
  if (wrong !== null) throw new Error(wrong);
  return chunk;
}

/** The instructions of a function; function 0 without a name. */
export function instructions(chunk: Chunk, name = "main"): readonly Instruction[] {
  const fn = chunk.functions.find((f) => f.name === name);
  if (!fn) throw new Error(`no function ${name}`);
  return decode(chunk, fn).list;
}
/** `NAME operands` of each instruction. */
export const lines = (chunk: Chunk, name?: string): string[] =>
  instructions(chunk, name).map((i) => `${i.op.name} ${i.operands.join(", ")}`.trim());
/** The same for a text. */
export const code = (text: string, name?: string): string[] => lines(chunkOf(text), name);
/** Only the names of the ops. */
export const ops = (text: string, name?: string): OpName[] => instructions(chunkOf(text), name).map((i) => i.op.name);

/** What a chunk prints in the interpreter, with the code of the error that ends it. */
export function output(chunk: Chunk, fuel: number | null = null): string {
  const parts: Uint8Array[] = [];
  const write = (_fd: number, bytes: Uint8Array): number => {
    parts.push(bytes.slice());
    return 0;
  };
  const run = runChunk(chunk, compileText("").files, { engine: "interp", fuel, write, read: () => 0 }, null);
  return Buffer.concat(parts).toString() + (run.error?.diagnostic.code ?? "");
}
export const printed = (text: string): string => output(chunkOf(text));

/** Every conformance program and example that compiles. */
export function programs(): { readonly name: string; readonly chunk: Chunk }[] {
  const folders = ["core", "types", "errors", "extensions"].map((f) => join("tests", "conformance", f));
  return ["examples", ...folders].flatMap((folder) =>
    readdirSync(folder)
      .filter((f) => f.endsWith(".orus"))
      .flatMap((f) => {
        const path = join(folder, f);
        const { chunk } = compile(path, hostOf("."));
        return chunk ? [{ name: path, chunk }] : [];
      }),
  );
}
