/**
 * From an operand to a compiled program: the first half of run, check, build and dis. Which warnings are shown, and
 * whether they stop the command, is decided here.
 */
import { type CompileResult, compile, type Inspect } from "../compiler/index.js";
import { hostWith, STDIN_NAME, TEXT_NAME } from "./files.js";
import type { Call, Options } from "./options.js";
import { enterPhase } from "./phase.js";
import { isError, report } from "./report.js";
import { readAll } from "./streams.js";

/** Exit code of a program that is not accepted. */
export const REJECTED = 65;

/** Compiles a file, standard input (`-`) or the text of `-e`. */
export function compileOperand(path: string, options: Options, inspect?: Inspect, runs = true): CompileResult {
  enterPhase("compiling");
  const text = options.e;
  const paths = options.path ?? [];
  const own = (name: string, bytes: Uint8Array): CompileResult =>
    compile(name, hostWith(new Map([[name, bytes]]), paths), inspect, runs);
  if (text !== undefined) return own(TEXT_NAME, new TextEncoder().encode(text));
  if (path === "-") return own(STDIN_NAME, readAll(0));
  return compile(path, hostWith(new Map(), paths), inspect, runs);
}

/** What looks for warnings, if the options want any; `initially` says whether the command does without them. */
export async function warningsFor(call: Call, initially: boolean): Promise<Inspect | undefined> {
  const last = call.given.findLast((name) => name === "warn" || name === "no-warn");
  const wanted = call.options["deny-warnings"] === true || (last === undefined ? initially : last === "warn");
  return wanted ? (await import("../compiler/warnings/index.js")).warn : undefined;
}

/** Prints what was found; true when the command may go on. */
export async function accepted(results: readonly CompileResult[], options: Options): Promise<boolean> {
  await report(results, options);
  const stops = options["deny-warnings"] === true ? () => true : isError;
  return !results.some(({ diagnostics }) => diagnostics.some(stops));
}
