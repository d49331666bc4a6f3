/** `orus check`: waits for the door that it calls. */
import { UsageError } from "../usage.js";

export function execute(): never {
  throw new UsageError("`orus check` is not there yet");
}
