/**
 * THE table of commands and options. Parser, help, nearest-name messages and docs derive from it; what an option means
 * is in the command that reads it. Nothing here is loaded from elsewhere: this file is on the start-up path.
 */
export type CommandName = "run" | "check" | "build" | "dis" | "explain" | "version" | "help";

export interface CommandRow {
  /** What follows the command's name. */
  readonly usage: string;
  readonly does: string;
  /** Options come before the first operand; everything after it belongs to the program. */
  readonly passesThrough?: true;
}

export const COMMANDS: Readonly<Record<CommandName, CommandRow>> = {
  run: { usage: "FILE [ARGS...]", does: "check, compile and execute a program", passesThrough: true },
  check: { usage: "PATH...", does: "report all compile-time errors and warnings, execute nothing" },
  build: { usage: "FILE", does: "make one standalone WebAssembly file" },
  dis: { usage: "FILE", does: "print what the compiler made of a program" },
  explain: { usage: "CODE", does: "describe a diagnostic, with a wrong and a right program" },
  version: { usage: "", does: "print the version" },
  help: { usage: "[COMMAND]", does: "describe a command" },
};

export type Value =
  | { readonly is: "flag" }
  /** `bare` is what the option means without a value; a value is then attached with `=` only. */
  | { readonly is: "choice"; readonly of: readonly string[]; readonly bare?: string }
  | { readonly is: "count"; readonly min: number; readonly max: number }
  /** One or more, separated by commas. */
  | { readonly is: "list"; readonly of: readonly string[] }
  /** `5s`, `200ms`, `2m`; held in milliseconds. */
  | { readonly is: "duration" }
  /** `512M`, `2G`, `1.5G`, `64k`, plain bytes; held in bytes. */
  | { readonly is: "size"; readonly min: number }
  | { readonly is: "text"; readonly name: string }
  /** May be given several times. */
  | { readonly is: "texts"; readonly name: string };

export interface OptionRow {
  /** Without dashes; a single letter is written with one dash, anything longer with two. */
  readonly also?: string;
  readonly value: Value;
  /** What holds when the option is not given; absent: nothing does. */
  readonly initial?: string | number;
  readonly on: readonly CommandName[];
  readonly help: string;
}

const flag = { is: "flag" } as const;
const choice = <const T extends readonly string[]>(...of: T) => ({ is: "choice", of }) as const;
const count = (min: number) => ({ is: "count", min, max: 2 ** 31 - 1 }) as const;
const COMPILES = ["run", "check", "build", "dis"] as const;

export const OPTIONS = {
  e: { value: { is: "text", name: "CODE" }, on: ["run"], help: "run this text instead of a file" },
  engine: {
    value: choice("auto", "interp", "jit", "aot"),
    initial: "auto",
    on: ["run"],
    help: "how to execute, with the same results, but for calls that nest deep. jit waits for native code, aot builds first",
  },
  "jit-threshold": {
    value: count(1),
    initial: 10_000,
    on: ["run"],
    help: "loop rounds or calls before native code is asked for",
  },
  O: {
    value: choice("0", "1", "2", "3", "s"),
    initial: "2",
    on: ["run", "build"],
    help: "effort of the optimiser ahead of time (s: for size)",
  },
  "max-recursion": {
    value: count(1),
    initial: 10_000,
    on: ["run", "build"],
    help: "calls nested below one from module level",
  },
  fuel: {
    value: { is: "count", min: 0, max: Number.MAX_SAFE_INTEGER },
    on: ["run", "build"],
    help: "budget of loop rounds and calls; the run ends like with --max-time",
  },
  "max-heap": {
    value: { is: "size", min: 2 ** 20 },
    on: ["run", "build"],
    help: "512M, 2G, at least 1M: what the program's values may take; beyond that E0009",
  },
  "max-time": { value: { is: "duration" }, on: ["run", "build"], help: "5s, 200ms, 2m, 1h: ends the run with E0040" },
  stats: {
    value: { is: "choice", of: ["text", "json"], bare: "text" },
    on: ["run"],
    help: "after the run, where time and memory went, on standard error; not with --engine=aot",
  },
  o: { value: { is: "text", name: "OUT" }, on: ["build"], help: "the file to write (default: FILE with .wasm)" },
  emit: {
    value: { is: "list", of: ["wasm", "wat"] },
    initial: "wasm",
    on: ["build"],
    help: "what to write, one or both; the text form goes beside OUT",
  },
  names: { value: flag, on: ["build"], help: "keep the names of functions" },
  strip: { value: flag, on: ["build"], help: "leave out the source lines that errors show" },
  tokens: { value: flag, on: ["dis"], help: "the tokens" },
  ast: { value: flag, on: ["dis"], help: "the syntax tree" },
  types: { value: flag, on: ["dis"], help: "the tree with types, and what names refer to" },
  bytecode: { value: flag, on: ["dis"], help: "the bytecode (default)" },
  ir: { value: flag, on: ["dis"], help: "the optimiser's form" },
  wat: { value: flag, on: ["dis"], help: "the native tier's WebAssembly" },
  "dump-after": {
    value: { is: "text", name: "PASS" },
    on: ["dis"],
    help: "like --ir, after this pass; `all`: after each",
  },
  fn: { value: { is: "text", name: "NAME" }, on: ["dis"], help: "this function only" },
  warn: { value: flag, on: ["run", "check", "build"], help: "print warnings (`run` does not unless asked)" },
  "no-warn": { value: flag, on: ["run", "check", "build"], help: "print no warnings" },
  "deny-warnings": { value: flag, on: ["run", "check", "build"], help: "treat a warning as an error (exit 65)" },
  path: {
    value: { is: "texts", name: "DIR" },
    on: COMPILES,
    help: "one more directory to look for modules in, after that of the importing file; may be repeated",
  },
  "max-errors": {
    value: { is: "count", min: 0, max: 2 ** 31 - 1 },
    initial: 20,
    on: COMPILES,
    help: "print this many diagnostics; 0: all",
  },
  "error-format": {
    value: choice("pretty", "short", "json"),
    initial: "pretty",
    on: COMPILES,
    help: "layout of diagnostics",
  },
  color: {
    value: choice("auto", "always", "never"),
    initial: "auto",
    on: COMPILES,
    help: "auto: on a terminal, unless NO_COLOR is set or TERM is dumb",
  },
  q: { value: flag, on: COMPILES, help: "no summary line after diagnostics" },
} as const satisfies Record<string, OptionRow>;

export type OptionName = keyof typeof OPTIONS;

type TypeOf<V extends Value> = V extends { is: "flag" }
  ? true
  : V extends { is: "texts" }
    ? readonly string[]
    : V extends { is: "choice"; of: readonly (infer C)[] }
      ? C
      : V extends { is: "list" }
        ? string
        : V extends { is: "text" }
          ? string
          : number;
/** Options with an initial value are always there. */
export type Options = {
  [K in OptionName as (typeof OPTIONS)[K] extends { initial: unknown } ? K : never]: TypeOf<
    (typeof OPTIONS)[K]["value"]
  >;
} & {
  [K in OptionName as (typeof OPTIONS)[K] extends { initial: unknown } ? never : K]?: TypeOf<
    (typeof OPTIONS)[K]["value"]
  >;
};

/** One use of the command line, understood. */
export interface Call {
  readonly command: CommandName;
  readonly options: Options;
  /** The options that were written, in order. */
  readonly given: readonly OptionName[];
  /** What is not an option: files, and for `run` the program's arguments after the file. */
  readonly operands: readonly string[];
}

export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];
export const spelled = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);
export const isCommand = (word: string): word is CommandName => Object.hasOwn(COMMANDS, word);

/** The options that hold when none is given. */
export function initialOptions(): Options {
  const options: Record<string, unknown> = {};
  for (const name of OPTION_NAMES) {
    const row: OptionRow = OPTIONS[name];
    if (row.initial !== undefined) options[name] = row.initial;
  }
  return options as Options;
}
