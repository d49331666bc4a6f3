/**
 * What is printed when Orus itself fails (E9001): one calm paragraph with version and phase, never a JavaScript stack.
 * `ORUS_DEBUG=1` adds the stack, for those who work on Orus.
 */
import { writeText } from "./streams.js";
import { version } from "./version.js";

let phase = "starting";

/** Names what is going on, for the report. */
export function enterPhase(name: string): void {
  phase = name;
}

export function reportFault(e: unknown): void {
  const what = e instanceof Error ? `${e.name}: ${e.message}` : String(e);
  const lines = [
    `orus: error[E9001]: Orus itself failed while ${phase}: ${what.split("\n")[0]}`,
    `This is a fault of Orus ${version()}, not of your program. Please report it, with the program and these lines.`,
  ];
  if (process.env.ORUS_DEBUG === "1" && e instanceof Error) lines.push(e.stack ?? "");
  writeText(2, `${lines.join("\n")}\n`);
}
