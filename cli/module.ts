/** Built modules: running one, and `--engine=aot`, which builds and runs in one step. */
import { UsageError } from "./usage.js";

export function runModule(_call: unknown, _path: string): never {
  throw new UsageError("running a built module is not there yet");
}
export function buildAndRun(_result: unknown, _options: unknown): never {
  throw new UsageError("`--engine=aot` is not there yet");
}
