/**
 * Ctrl-C while a program runs. The engine is synchronous, so no signal listener of Node's would be heard; `vm` is the
 * one way to stop JavaScript and WebAssembly from outside and go on afterwards with memory intact.
 */
import { Script } from "node:vm";

/** What a shell expects of a program that was interrupted. */
export const INTERRUPTED = 130;

const SLOT = Symbol.for("orus.interruptible");

/** Runs `work`; answers null when Ctrl-C ended it. */
export function interruptible<T>(work: () => T): T | null {
  const globals = globalThis as unknown as Record<symbol, () => T>;
  globals[SLOT] = work;
  try {
    return new Script('globalThis[Symbol.for("orus.interruptible")]()').runInThisContext({ breakOnSigint: true }) as T;
  } catch (e) {
    if (e instanceof Error && "code" in e && e.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED") return null;
    throw e;
  } finally {
    delete globals[SLOT];
  }
}
