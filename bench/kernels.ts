/**
 * The benchmark kernels: one source per language in `bench/kernels/<name>/`, identical in shape, each with its size
 * written once. `full` is for compiled peers and whole-process figures, `small` for interpreters, which would take
 * minutes at full size; a ratio is only ever taken between runs of one size.
 */
export interface Kernel {
  readonly name: string;
  /** Text in every source that is replaced: the call with its size. */
  readonly call: string;
  readonly full: string;
  readonly small: string;
  readonly about: string;
}

// biome-ignore format: one row per kernel
export const KERNELS: readonly Kernel[] = [
  { name: "fib", call: "fib(38)", full: "fib(38)", small: "fib(35)", about: "recursive calls" },
  { name: "sumloop", call: "1000000000", full: "1000000000", small: "150000000", about: "i64 loop with a remainder" },
  { name: "collatz", call: "5000000", full: "5000000", small: "400000", about: "while loop, branches, i64 division" },
  { name: "mandelbrot", call: "1600, 500", full: "1600, 500", small: "600, 500", about: "float loop with a test" },
  { name: "floatloops", call: "20000", full: "20000", small: "7000", about: "nested float loops" },
];

export interface Peer {
  readonly name: string;
  readonly extension: string;
  /** Sizes that it runs; interpreters only the small one. */
  readonly sizes: readonly ("full" | "small")[];
  /** Command that makes an executable `out` from `source` (null: none), and the one that runs it. */
  readonly build: ((source: string, out: string) => readonly string[]) | null;
  readonly run: (source: string, out: string) => readonly string[];
  readonly version: readonly string[];
}

const both = ["full", "small"] as const;
// biome-ignore format: one row per peer
export const PEERS: readonly Peer[] = [
  { name: "C -O2", extension: "c", sizes: both, build: (s, o) => ["gcc", "-O2", "-ffp-contract=off", "-o", o, s], run: (_, o) => [o], version: ["gcc", "--version"] },
  { name: "Go", extension: "go", sizes: both, build: (s, o) => ["go", "build", "-o", o, s], run: (_, o) => [o], version: ["go", "version"] },
  { name: "LuaJIT", extension: "lua", sizes: both, build: null, run: (s) => ["luajit", s], version: ["luajit", "-v"] },
  { name: "Lua 5.4", extension: "lua", sizes: ["small"], build: null, run: (s) => ["lua5.4", s], version: ["lua5.4", "-v"] },
  { name: "CPython", extension: "py", sizes: ["small"], build: null, run: (s) => ["python3", s], version: ["python3", "--version"] },
];
