/** `orus run`: waits for the door that it calls. */
import { UsageError } from "../usage.js";

export function execute(): never {
  throw new UsageError("`orus run` is not there yet");
}
