/**
 * The compiler's front door: source text to a checked program and to bytecode. No Node API, no Binaryen: this is
 * what the start-up path loads.
 */
import type { Checked } from "./analysis/checked.js";
import type { Chunk } from "./bytecode/chunk.js";
import type { Diagnostic, Sink } from "./diagnostics/diagnostic.js";
import type { SourceFile } from "./source/file.js";

/** How the compiler reaches files; the caller decides what a path means. */
export interface Host {
  /**
   * Reads a file. Throws nothing: a failure is returned as a reason in words ("no such file", "is a directory"…). `beside` may
   * name the programs that are where this one is not: asked when it is found nowhere.
   */
  read(
    path: string,
  ):
    | { readonly bytes: Uint8Array }
    | { readonly failed: string; readonly absent?: boolean; readonly beside?: () => readonly string[] };
  /** Where imported modules are looked for. Without it: beside the importing file. */
  readonly modules?: {
    /** Paths to try for `a/b.orus`, in order. */
    candidates(name: string, importer: string): readonly string[];
    /** The same for all paths of one file. */
    identity(path: string): string;
  };
}

/** What looks at a checked program, with errors or without: `warn` of the folder warnings. */
export type Inspect = (checked: Checked, files: readonly SourceFile[], sink: Sink) => void;

export interface CompileResult {
  readonly files: readonly SourceFile[];
  /** Sorted by file and position. */
  readonly diagnostics: readonly Diagnostic[];
  /** Null when there was an error. */
  readonly chunk: Chunk | null;
  /** Milliseconds per phase, for `--stats`. */
  readonly phases: Readonly<Record<"read" | "parse" | "check" | "lower", number>>;
}

export { mayRefer, type Rep } from "./analysis/types.js";
export type { Chunk, Constant, LoopRow, Proto, SpanOperand, SpanRow } from "./bytecode/chunk.js";
export { disassemble, disassembleData } from "./bytecode/disasm.js";
export {
  calleesOf,
  type ErrorCode,
  errorNumber,
  errorOf,
  failingSpan,
  functionAt,
  lineStartAt,
  messageOf,
  spanRowAt,
} from "./bytecode/places.js";
export { deserialise, isSerialised, serialise } from "./bytecode/serialise.js";
export { Statics } from "./bytecode/statics.js";
export { verify } from "./bytecode/verify.js";
export { compile } from "./compile.js";
export type { Diagnostic } from "./diagnostics/diagnostic.js";
export { lineAround } from "./diagnostics/excerpt.js";
export { type Code, type RuntimeReport, renderAll, renderRuntime, type TraceEntry } from "./diagnostics/index.js";
export { dumpFront, type FrontForm } from "./front-dump.js";
export { SourceFile } from "./source/file.js";
