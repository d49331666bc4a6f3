/**
 * The ways a program is run. Each answers what the program printed, its exit code and its diagnostics; a configuration
 * may add complaints of its own (native code that was never entered, an exit that was never forced).
 */
import type { Chunk, SourceFile } from "../../compiler/index.js";
import type { Binaryen } from "../../compiler/native.js";
import {
  type Compiler,
  type Engine,
  type Finished,
  type Program,
  REASONS,
  type Request,
  runChunk,
  type Stats,
} from "../../jit/index.js";
import { InProcessCompiler } from "../../jit/native.js";

export interface Ran {
  readonly out: Uint8Array;
  readonly exit: number;
  /** line, column, code of the uncaught error. */
  readonly error: {
    readonly line: number;
    readonly column: number;
    readonly code: string;
    /** The file as diagnostics show it; null: the main one. */
    readonly file: string | null;
  } | null;
  readonly complaints: readonly string[];
  /** Native entries and reasons, for the closing lines. */
  readonly notes?: {
    readonly entered: number;
    readonly notEntered: Readonly<Record<string, number>>;
    readonly unreached?: readonly string[];
    readonly forced?: number;
  };
}
export interface Compiled {
  readonly chunk: Chunk;
  readonly files: readonly SourceFile[];
  /** What the program reads. */
  readonly input?: Uint8Array;
}
/** Gives bytes piece by piece, as a pipe does. */
export function reader(input: Uint8Array = new Uint8Array()): (fd: number, into: Uint8Array) => number {
  let at = 0;
  return (_fd, into) => {
    const n = Math.min(into.length, input.length - at);
    into.set(input.subarray(at, at + n));
    at += n;
    return n;
  };
}
export type Configuration = (program: Compiled) => Ran;

interface Settings {
  readonly engine: "interp" | "jit";
  readonly threshold?: number;
  readonly force?: { readonly sites: number; readonly on: readonly number[] };
  readonly fuel?: number;
  readonly hostile?: boolean;
}
/** Bytes of the first register chunk in the hostile configuration: most calls link a new one. */
const TINY_CHUNK = 96;

/** Runs in the engine with a buffer for output. */
export function runInEngine(
  program: Compiled,
  settings: Settings,
  compiler: Compiler | null,
): { ran: Ran; stats: Stats; engine: Engine } {
  const parts: Uint8Array[] = [];
  const r = runChunk(
    program.chunk,
    program.files,
    {
      engine: settings.engine,
      threshold: settings.threshold ?? 10_000,
      read: reader(program.input),
      write: (_fd, bytes) => {
        parts.push(bytes.slice());
        return 0;
      },
      ...(settings.force ? { force: settings.force } : {}),
      ...(settings.fuel !== undefined ? { fuel: settings.fuel } : {}),
      ...(settings.hostile ? { hostile: true, chunkBytes: TINY_CHUNK } : {}),
    },
    compiler,
  );
  let error: Ran["error"] = null;
  if (r.error) {
    const { span, code } = r.error.diagnostic;
    const file = program.files[span.file]!;
    error = { ...file.position(span.start), code, file: span.file === 0 ? null : file.path };
  }
  return {
    ran: { out: Buffer.concat(parts), exit: r.error ? 70 : 0, error, complaints: [] },
    stats: r.stats(),
    engine: r.engine,
  };
}

export const interp: Configuration = (program) => runInEngine(program, { engine: "interp" }, null).ran;

/**
 * Threshold 1, a collection at every allocation, freed memory overwritten, tiny register chunks: in the interpreter, in native
 * code, and in a built module. A reference that somebody forgot to keep is no reference any more.
 */
export function hostile(
  binaryen: Binaryen,
  underHost: (wasm: Uint8Array, program: Compiled) => Ran,
): (program: Compiled, wasm: Uint8Array) => Ran {
  const compiler = new InProcessCompiler(binaryen);
  return (program, wasm) => {
    const runs: readonly (readonly [string, Ran])[] = [
      ["interpreter", runInEngine(program, { engine: "interp", hostile: true }, null).ran],
      ["built", underHost(wasm, program)],
      ["native", runInEngine(program, { engine: "jit", threshold: 1, hostile: true }, compiler).ran],
    ];
    const [, first] = runs[0]!;
    const complaints = runs
      .filter(([, r]) => r.exit !== first.exit || Buffer.compare(r.out, first.out) !== 0)
      .map(
        ([name, r]) => `${name}: exit ${r.exit}, output ${JSON.stringify(Buffer.from(r.out).toString().slice(-80))}`,
      );
    return { ...first, complaints };
  };
}

/** Every unit that was hot must have been entered, or have a reason of the table. */
export function jit(binaryen: Binaryen): Configuration {
  const compiler = new InProcessCompiler(binaryen);
  return (program) => {
    const { ran, stats } = runInEngine(program, { engine: "jit", threshold: 1 }, compiler);
    return { ...ran, ...judge(stats) };
  };
}
function judge(stats: Stats): Pick<Ran, "complaints" | "notes"> {
  const complaints: string[] = [];
  const notEntered: Record<string, number> = {};
  let entered = 0;
  for (const u of stats.units) {
    if (u.state === "compiled" && u.entries > 0) entered++;
    else if (u.reason !== null && u.reason in REASONS && !u.reason.startsWith("build.failed"))
      notEntered[u.reason] = (notEntered[u.reason] ?? 0) + 1;
    else
      complaints.push(
        `${u.loop ? "loop" : "function"} ${u.function} at line ${u.line} is ${u.state} (${u.reason ?? "no reason"}), entered ${u.entries} times`,
      );
  }
  return { complaints, notes: { entered, notEntered } };
}

const MAX_SITES = 8192;
/** Runs that force one site each; after them, groups of sites drawn by a fixed seed share a run. */
const SINGLE_RUNS = 64;
const GROUP = 8;
/** Runs after which the sites that are still open fail: forcing one site can keep another of its group from being reached. */
const MAX_RUNS = 400;

/** Builds each unit once for all runs of one program: addresses are the same in each. */
class Remembering implements Compiler {
  private readonly built = new Map<string, Finished>();
  private done: Finished[] = [];
  constructor(private readonly inner: InProcessCompiler) {}
  warm(): void {}
  request(program: Program, request: Request): void {
    const key = `${request.unit.fn}:${request.unit.loopPc}:${request.uncompiled.join()}`;
    let f = this.built.get(key);
    if (!f) {
      this.inner.request(program, request);
      f = this.inner.wait()[0]!;
      this.built.set(key, f);
    }
    this.done.push({ ...f, id: request.id });
  }
  finished(): Finished[] {
    const list = this.done;
    this.done = [];
    return list;
  }
  wait(): Finished[] {
    return this.finished();
  }
  close(): void {}
}

/** Repeats the program until every exit site that native code came past was taken by force. */
export function exits(binaryen: Binaryen): Configuration {
  return (program) => {
    const numbers = new Map<string, number>();
    const number = (key: string): number => {
      let n = numbers.get(key);
      if (n === undefined) numbers.set(key, (n = numbers.size));
      return Math.min(n, MAX_SITES - 1);
    };
    const compiler = new Remembering(new InProcessCompiler(binaryen, number));
    // Some places are native code's only after another exit was taken: a site is forced together with those under which it
    // was first come past.
    const reached = new Map<number, readonly number[]>();
    const forced = new Set<number>();
    const complaints: string[] = [];
    const once = (on: readonly number[]): Ran => {
      const { ran, engine } = runInEngine(
        program,
        { engine: "jit", threshold: 1, force: { sites: MAX_SITES, on } },
        compiler,
      );
      for (const site of engine.reached()) if (!reached.has(site)) reached.set(site, on);
      const left = new Set(engine.stillForced());
      for (const site of on) if (!left.has(site)) forced.add(site);
      return ran;
    };
    const first = once([]);
    const differs = (ran: Ran): boolean =>
      ran.exit !== first.exit ||
      Buffer.compare(ran.out, first.out) !== 0 ||
      JSON.stringify(ran.error) !== JSON.stringify(first.error);
    const keyOf = (site: number): string => [...numbers].find(([, n]) => n === site)?.[0] ?? String(site);
    let seed = 12345;
    const random = (n: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return (seed >>> 8) % n;
    };
    const tried = new Set<number>();
    for (let run = 0; run < MAX_RUNS && complaints.length === 0; run++) {
      const single = run < SINGLE_RUNS;
      const open = [...reached.keys()].filter((s) => !(single ? tried : forced).has(s));
      if (open.length === 0) {
        if (single && forced.size < reached.size) continue;
        break;
      }
      const chosen = single
        ? [open[0]!]
        : Array.from({ length: Math.min(GROUP, open.length) }, () => open[random(open.length)]!);
      for (const s of chosen) tried.add(s);
      const on = [...new Set([...chosen, ...chosen.flatMap((s) => reached.get(s)!)])];
      const ran = once(on);
      if (differs(ran))
        complaints.push(
          `forcing ${on.map(keyOf).join(", ")} changes the result: exit ${ran.exit}, ${JSON.stringify(ran.error)}, output ${JSON.stringify(Buffer.from(ran.out).toString().slice(-80))}`,
        );
    }
    for (const s of reached.keys()) if (!forced.has(s)) complaints.push(`reached but never forced: ${keyOf(s)}`);
    return {
      ...first,
      complaints: complaints.slice(0, 5),
      notes: {
        entered: 0,
        notEntered: {},
        forced: forced.size,
        unreached: [...numbers].flatMap(([key, n]) => (reached.has(n) ? [] : [key])),
      },
    };
  };
}
