/** `orus check PATH...`: every diagnostic of the programs; a directory stands for all `.orus` files below it. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { paths } from "../operands.js";
import type { Call } from "../options.js";
import { accepted, compileOperand, REJECTED, warningsFor } from "../source.js";

function programs(path: string): string[] {
  if (path === "-" || !statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  try {
    const names = readdirSync(path, { recursive: true, encoding: "utf8" });
    return names
      .filter((name) => name.endsWith(".orus"))
      .sort()
      .map((name) => join(path, name));
  } catch {
    return [path]; // cannot be listed: reading it says why
  }
}

export async function execute(call: Call): Promise<number> {
  const inspect = await warningsFor(call, true);
  const results = paths(call)
    .flatMap(programs)
    .map((path) => compileOperand(path, call.options, inspect, false));
  return (await accepted(results, call.options)) ? 0 : REJECTED;
}
