/**
 * What is printed when Orus itself fails (E9001): one calm paragraph with version and phase, never a JavaScript stack.
 * `ORUS_DEBUG=1` adds the stack, for those who work on Orus.
 */
import { currentPhase } from "./phase.js";
import { writeText } from "./streams.js";
import { version } from "./version.js";

/** A thrown thing in one line: WebAssembly's engines and Binaryen also throw what is no `Error` of ours. */
function describe(e: unknown): string {
  if (typeof e !== "object" || e === null || !("message" in e)) return String(e);
  const name = "name" in e ? `${e.name}: ` : "";
  return `${name}${e.message}`.split("\n")[0]!;
}

export function reportFault(e: unknown): void {
  const lines = [
    `orus: error[E9001]: Orus itself failed while ${currentPhase()}: ${describe(e)}`,
    `This is a fault of Orus ${version()}, not of your program. Please report it, with the program and these lines.`,
  ];
  if (process.env.ORUS_DEBUG === "1" && e instanceof Error) lines.push(e.stack ?? "");
  writeText(2, `${lines.join("\n")}\n`);
}
