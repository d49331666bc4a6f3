/** `orus explain`: waits for the door that it calls. */
import { UsageError } from "../usage.js";

export function execute(): never {
  throw new UsageError("`orus explain` is not there yet");
}
