/**
 * A runtime of JavaScript around one native unit: memory, table and helpers that note what native code asks for. Tests say
 * what the helpers answer.
 */

import type { Rep } from "../../../../compiler/analysis/types.js";
import type { Chunk } from "../../../../compiler/bytecode/chunk.js";
import { NO_OBJECTS } from "../../../../compiler/bytecode/chunk.js";
import { RUNTIME, type RuntimeName } from "../../../../compiler/bytecode/runtime.js";
import { REG, VM, VM_BASE } from "../../../../compiler/layout/vm.js";
import type { Binaryen, Built, MemoryMap } from "../../../../compiler/native.js";
import type { Func } from "../../../../compiler/ssa/index.js";
import { addProgram, buildModule, featuresOf } from "../../../../compiler/wasm/index.js";

export type Num = number | bigint;
type Helper = (...args: never[]) => Num | undefined;

/** A chunk of functions without code, for SSA written by hand. CALLs are put where a test says. */
export function chunkOf(
  functions: readonly { readonly params: readonly Rep[]; readonly result: Rep | null; readonly window?: number }[],
): Chunk {
  return {
    files: [{ path: "test.orus", text: null }],
    functions: functions.map((f, i) => ({
      name: `f${i}`,
      file: 0,
      offset: 0,
      params: f.params,
      result: f.result,
      codeStart: 100 * i,
      codeEnd: 100 * i + 100,
      window: f.window ?? 10,
      refParams: f.params.filter((p) => p === "ref").length,
      otherRefs: 0,
    })),
    code: new Uint32Array(100 * functions.length),
    constants: [
      { type: "ref", text: "a" },
      { type: "ref", text: "b" },
    ],
    globals: [],
    ...NO_OBJECTS,
    loops: [],
    spans: [],
    lines: [],
  };
}

/** Where the tests' base is: its header lies below. */
export const BASE = 400_000;

export class World {
  readonly memory = new WebAssembly.Memory({ initial: 16 });
  readonly table = new WebAssembly.Table({ element: "anyfunc", initial: 16 });
  readonly view = new DataView(this.memory.buffer);
  readonly map: MemoryMap;
  /** Helpers called, with their arguments. */
  readonly asked: string[] = [];
  /** What helpers do; unnamed ones throw. */
  readonly answers: Partial<Record<RuntimeName, Helper>> = {
    pollNative: () => {
      this.set("budget", this.get("budget") + 1000);
      return 0;
    },
    mulOverflows: (a: bigint, b: bigint) => (BigInt.asIntN(64, a * b) === a * b ? 0 : 1),
    fmod: (a: number, b: number) => a % b,
    traceCall: () => undefined,
    fail: () => undefined,
  };
  readonly rt: Record<string, (...args: Num[]) => Num | undefined>;

  constructor(readonly chunk: Chunk) {
    this.map = {
      codeBase: 200_000,
      fnBase: 100_000,
      globalBase: 150_000,
      strings: chunk.constants.map((_, i) => 160_000 + 16 * i),
      types: [],
      variants: [],
      bodySlots: 1,
    };
    chunk.code.forEach((w, i) => {
      this.view.setUint32(this.map.codeBase + 4 * i, w, true);
    });
    this.rt = Object.fromEntries(
      (Object.keys(RUNTIME) as RuntimeName[]).map((name) => [
        name,
        (...args: Num[]) => {
          this.asked.push(`${name} ${args.join(" ")}`.trimEnd());
          const answer = this.answers[name] as ((...args: Num[]) => Num | undefined) | undefined;
          if (!answer) throw new Error(`unexpected ${name} ${args.join(" ")}`);
          return answer(...args);
        },
      ]),
    );
    this.set("budget", 1_000_000);
    this.set("depthStop", 1000);
  }

  get(field: keyof typeof VM.at): number {
    return this.view.getInt32(VM_BASE + VM.at[field], true);
  }
  set(field: keyof typeof VM.at, x: number): void {
    this.view.setInt32(VM_BASE + VM.at[field], x, true);
  }
  /** Window registers by type, counted from BASE. */
  read(slot: number, rep: Rep): Num {
    const at = BASE + REG * slot;
    if (rep === "i64" || rep === "u64") return this.view.getBigInt64(at, true);
    return rep === "f64" ? this.view.getFloat64(at, true) : this.view.getInt32(at, true);
  }
  write(slot: number, rep: Rep, x: Num): void {
    const at = BASE + REG * slot;
    if (rep === "i64" || rep === "u64") this.view.setBigInt64(at, BigInt(x), true);
    else if (rep === "f64") this.view.setFloat64(at, Number(x), true);
    else this.view.setInt32(at, Number(x), true);
  }
  address(pc: number): number {
    return this.map.codeBase + 4 * pc;
  }

  /** Builds and instantiates a JIT unit; the module is validated by Binaryen and by the engine. */
  jit(
    binaryen: Binaryen,
    f: Func,
    options: { readonly force?: (key: string) => number; readonly uncompiled?: readonly number[] } = {},
  ): Native {
    let text = "";
    const built = buildModule(binaryen, f, this.chunk, this.map, {
      uncompiled: (fn) => options.uncompiled?.includes(fn) ?? false,
      forceSite: options.force ?? null,
      watch: (t) => {
        text = t();
      },
    });
    const module = new WebAssembly.Module(built.wasm);
    const env = { memory: this.memory, table: this.table as unknown as Function };
    const { exports } = new WebAssembly.Instance(module, { env, rt: this.rt });
    return { built, text, ...(exports as Pick<Native, "entry" | "body">), exports };
  }
}
export interface Native {
  readonly built: Built;
  readonly text: string;
  readonly exports: Record<string, unknown>;
  readonly entry: (base: number, depth: number) => number;
  readonly body: (...args: Num[]) => Num | [Num, number];
}

export interface NativeProgram {
  readonly text: string;
  readonly sites: readonly { readonly code: string | null; readonly pc: number; readonly inlined: readonly number[] }[];
  readonly main: (...args: Num[]) => Num | [Num, number];
}
/** Builds functions 0, 1 … as AOT into a module of their own; helpers are imports. */
export function aotOf(
  world: World,
  binaryen: Binaryen,
  functions: readonly Func[],
  options: { readonly maxRecursion?: number; readonly budget?: boolean } = {},
): NativeProgram {
  const m = new binaryen.Module();
  try {
    m.setFeatures(featuresOf(binaryen));
    m.setMemory(0, -1, null, [], false, false, "memory");
    m.addMemoryImport("memory", "env", "memory", false);
    const types = { i32: binaryen.i32, i64: binaryen.i64, f64: binaryen.f64 } as const;
    const imported = new Set<RuntimeName>();
    const helper = (name: RuntimeName): RuntimeName => {
      const { params, result } = RUNTIME[name];
      if (!imported.has(name))
        m.addFunctionImport(
          name,
          "rt",
          name,
          binaryen.createType(params.map((t) => types[t])),
          result ? types[result] : binaryen.none,
        );
      imported.add(name);
      return name;
    };
    const program = addProgram(m, world.chunk, world.map, {
      binaryen,
      maxDepth: () => options.maxRecursion ?? 100,
      budget: options.budget ?? false,
      helper,
      ssa: (fn) => functions[fn]!,
    });
    m.addFunctionExport(program.main, "main");
    const text = m.emitText();
    if (!m.validate()) throw new Error(`not valid: ${text}`);
    const module = new WebAssembly.Module(m.emitBinary());
    const { exports } = new WebAssembly.Instance(module, { env: { memory: world.memory }, rt: world.rt });
    return { text, sites: program.sites, main: exports.main as NativeProgram["main"] };
  } finally {
    m.dispose();
  }
}
