/**
 * One program in every tier, for tests that ask whether the tiers agree. What is compared is what a person sees: output,
 * exit code, and the place and code of an uncaught error.
 */
import { type Chunk, compile, type Host, type SourceFile } from "../../compiler/index.js";
import type { Binaryen } from "../../compiler/native.js";
import {
  type Compiler,
  type Finished,
  type Program,
  type Request,
  type RunOptions,
  type RunResult,
  runChunk,
} from "../../jit/index.js";
import { InProcessCompiler } from "../../jit/native.js";
import { build, underOurHost } from "../conformance/built.js";
import { type Ran, reader } from "../conformance/configurations.js";

export interface Compiled {
  readonly chunk: Chunk;
  readonly files: readonly SourceFile[];
  /** What the program reads. */
  readonly input?: Uint8Array;
}
export interface Seen {
  readonly out: string;
  readonly exit: number;
  /** `LINE:COLUMN CODE`, or null. */
  readonly error: string | null;
  /** What must never be: a trap, an error of the host. Absent when all is well. */
  readonly fault?: string;
}
/** Limits that every tier knows. */
export interface Limits {
  readonly fuel?: number;
  readonly maxRecursion?: number;
  /** A collection at every allocation, freed memory overwritten. */
  readonly hostile?: boolean;
  /** Bytes of the heap. */
  readonly maxHeap?: number;
}

/** Compiles a text; of one that is rejected, the codes. */
export function compiled(text: string, path = "t.orus"): Compiled | { readonly rejected: readonly string[] } {
  const bytes = new TextEncoder().encode(text);
  return compiledBy(path, {
    read: (wanted) => (wanted === path ? { bytes } : { failed: "there is no such file", absent: true }),
  });
}
/** Compiles what a host has. */
export function compiledBy(path: string, host: Host): Compiled | { readonly rejected: readonly string[] } {
  const { chunk, files, diagnostics } = compile(path, host);
  return chunk === null
    ? { rejected: diagnostics.filter((d) => d.code.startsWith("E")).map((d) => d.code) }
    : { chunk, files };
}
/** Compiles a text that has no errors. */
export function program(text: string, path = "t.orus"): Compiled {
  const p = compiled(text, path);
  if ("rejected" in p) throw new Error(`${path}: ${p.rejected.join()}`);
  return p;
}

/** Runs in an engine. */
export function inEngine(
  p: Compiled,
  options: RunOptions,
  compiler: Compiler | null,
): Seen & { readonly run: RunResult } {
  const parts: Uint8Array[] = [];
  const write = (_fd: number, bytes: Uint8Array): number => {
    parts.push(bytes.slice());
    return 0;
  };
  const run = runChunk(p.chunk, p.files, { write, read: reader(p.input), ...options }, compiler);
  const out = Buffer.concat(parts).toString();
  if (run.error === null) return { out, exit: run.exitCode, error: null, run };
  const { span, code } = run.error.diagnostic;
  const { line, column } = p.files[span.file]!.position(span.start);
  return { out, exit: run.exitCode, error: `${line}:${column} ${code}`, run };
}
export const seenOf = ({ out, exit, error, fault }: Seen): Seen => ({
  out,
  exit,
  error,
  ...(fault === undefined ? {} : { fault }),
});

export function seenOfBuilt({ out, exit, error, complaints }: Ran): Seen {
  const fault = complaints[0];
  return {
    out: Buffer.from(out).toString(),
    exit,
    error: error && `${error.line}:${error.column} ${error.code}`,
    ...(fault === undefined ? {} : { fault }),
  };
}

const MAX_SITES = 8192;

/** Builds each unit once for all runs of one program: with the same limits all addresses are the same in each. */
class Remembering extends InProcessCompiler {
  private readonly built = new Map<string, Finished>();
  private ready: Finished[] = [];
  override request(program: Program, request: Request): void {
    const key = `${request.unit.fn}:${request.unit.loopPc}:${request.uncompiled.join()}`;
    let unit = this.built.get(key);
    if (!unit) {
      super.request(program, request);
      unit = super.finished()[0]!;
      this.built.set(key, unit);
    }
    this.ready.push({ ...unit, id: request.id });
  }
  override finished(): Finished[] {
    return this.ready.splice(0);
  }
}

/** The tiers, as functions of a program. Binaryen and the in-process compiler are kept between programs. */
export class Tiers {
  readonly compiler: InProcessCompiler;
  constructor(readonly binaryen: Binaryen) {
    this.compiler = new InProcessCompiler(binaryen);
  }
  interp(p: Compiled, limits: RunOptions = {}): Seen {
    return seenOf(inEngine(p, { ...limits, engine: "interp" }, null));
  }
  jit(p: Compiled, threshold = 1, limits: RunOptions = {}): Seen {
    return seenOf(this.jitRun(p, threshold, limits));
  }
  /** As `jit`, with the engine's own result. */
  jitRun(p: Compiled, threshold = 1, limits: RunOptions = {}): Seen & { readonly run: RunResult } {
    return inEngine(p, { ...limits, engine: "jit", threshold }, this.compiler);
  }
  /**
   * Code with a way out at every place: first none is forced, then a few of those come past, chosen by `pick` (a number
   * below its argument), each in a run of its own, and two of them in one run. Answers all results.
   */
  forced(
    p: Compiled,
    count: number,
    pick: (n: number) => number,
    limits: RunOptions = {},
  ): { readonly name: string; readonly seen: Seen }[] {
    const numbers = new Map<string, number>();
    const number = (key: string): number => {
      let n = numbers.get(key);
      if (n === undefined) {
        n = numbers.size;
        numbers.set(key, n);
      }
      return Math.min(n, MAX_SITES - 1);
    };
    const compiler = new Remembering(this.binaryen, number);
    const nameOf = (site: number): string => [...numbers].find(([, n]) => n === site)?.[0] ?? String(site);
    const results: { name: string; seen: Seen }[] = [];
    const once = (on: readonly number[]): readonly number[] => {
      const r = inEngine(p, { ...limits, engine: "jit", threshold: 1, force: { sites: MAX_SITES, on } }, compiler);
      results.push({ name: `forced [${on.map(nameOf).join(", ")}]`, seen: seenOf(r) });
      return r.run.engine.reached();
    };
    const reached = [...once([])];
    const chosen: number[] = [];
    for (let i = 0; i < count && reached.length > 0; i++) {
      const [site] = reached.splice(pick(reached.length), 1);
      chosen.push(site!);
      once([site!]);
    }
    if (chosen.length > 1) once(chosen);
    return results;
  }
  aot(p: Compiled, limits: Limits = {}): Seen {
    return seenOfBuilt(underOurHost(build(p, this.binaryen, limits), p));
  }
}
