/** `orus version`. */
import { writeText } from "../streams.js";
import { version } from "../version.js";

export function execute(): number {
  writeText(1, `orus ${version()}\n`);
  return 0;
}
