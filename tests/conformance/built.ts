/**
 * Configurations of built modules: our own WASI host and wasmtime. The error is read from what the module prints on
 * standard error, whose first line is the short layout of diagnostics.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { link, runCommand } from "../../aot/index.js";
import type { Binaryen } from "../../compiler/native.js";
import { type Compiled, type Ran, reader } from "./configurations.js";
import { ROOT } from "./probes.js";
import type { Wasmtime } from "./wasmtime.js";

let runtime: Uint8Array | null = null;
export function build(
  program: Compiled,
  binaryen: Binaryen,
  options: {
    readonly fuel?: number;
    readonly maxRecursion?: number;
    readonly hostile?: boolean;
    readonly maxHeap?: number;
  } = {},
): Uint8Array {
  runtime ??= new Uint8Array(readFileSync(join(ROOT, "dist", "runtime-aot.wasm")));
  return link(program.chunk, binaryen, {
    runtime,
    maxRecursion: options.maxRecursion ?? 10_000,
    optimize: 2,
    strip: false,
    names: false,
    text: false,
    ...(options.fuel !== undefined ? { fuel: options.fuel } : {}),
    ...(options.hostile ? { hostile: true } : {}),
    ...(options.maxHeap !== undefined ? { maxHeap: options.maxHeap } : {}),
  }).wasm;
}

function errorIn(stderr: string, program: Compiled): Ran["error"] {
  const m = /^([^\n]*?):(\d+):(\d+): error\[(E\d{4})\]/.exec(stderr);
  if (!m) return null;
  const file = m[1] === program.files[0]!.path ? null : m[1]!;
  return { line: Number(m[2]), column: Number(m[3]), code: m[4]!, file };
}

/** Runs a built module in this process. */
export function underOurHost(wasm: Uint8Array, program: Compiled): Ran {
  const parts: Record<number, Uint8Array[]> = { 1: [], 2: [] };
  let exit = 0;
  const complaints: string[] = [];
  try {
    const write = (fd: number, bytes: Uint8Array): number => {
      parts[fd]!.push(bytes.slice());
      return 0;
    };
    exit = runCommand(new WebAssembly.Module(wasm), { write, read: reader(program.input) });
  } catch (e) {
    complaints.push(`the host saw ${e instanceof Error ? `${e.name}: ${e.message}` : String(e)}`);
    exit = 134;
  }
  return {
    out: Buffer.concat(parts[1]!),
    exit,
    error: errorIn(Buffer.concat(parts[2]!).toString(), program),
    complaints,
  };
}

export async function underWasmtime(wasm: Uint8Array, wasmtime: Wasmtime, program: Compiled): Promise<Ran> {
  const r = await wasmtime.run(wasm, program.input);
  return {
    out: r.stdout,
    exit: r.exit,
    error: errorIn(r.stderr, program),
    complaints: r.trap ? [`wasmtime: ${r.trap.split("\n")[0]}`] : [],
  };
}
