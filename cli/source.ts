/**
 * From an operand to a compiled program: the first half of run, check, build and dis. Which warnings are shown, and
 * whether they stop the command, is decided here.
 */
import { type CompileResult, compile } from "../compiler/index.js";
import { hostWith, STDIN_NAME, TEXT_NAME } from "./files.js";
import type { Options } from "./options.js";
import { enterPhase } from "./phase.js";
import { isError, report } from "./report.js";
import { readAll } from "./streams.js";

/** Exit code of a program that is not accepted. */
export const REJECTED = 65;

/** Compiles a file, standard input (`-`) or the text of `-e`. */
export function compileOperand(path: string, text?: string): CompileResult {
  enterPhase("compiling");
  if (text !== undefined) return compile(TEXT_NAME, hostWith(new Map([[TEXT_NAME, new TextEncoder().encode(text)]])));
  if (path === "-") return compile(STDIN_NAME, hostWith(new Map([[STDIN_NAME, readAll(0)]])));
  return compile(path, hostWith(new Map()));
}

/** Prints what was found; true when the command may go on. */
export async function accepted(results: readonly CompileResult[], options: Options, warn: boolean): Promise<boolean> {
  const denied = options["deny-warnings"] === true;
  const shown = results.map(({ diagnostics, files }) => ({
    files,
    diagnostics: warn || denied ? diagnostics : diagnostics.filter(isError),
  }));
  await report(shown, options);
  return shown.every(({ diagnostics }) => !diagnostics.some((d) => denied || isError(d)));
}
