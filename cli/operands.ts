/** Checks the number of operands; the messages quote the table's usage line. */
import { type Call, COMMANDS } from "./options.js";
import { UsageError } from "./usage.js";

export const missingFile = ({ command }: Call): UsageError =>
  new UsageError(`missing file name: orus ${command} [options] ${COMMANDS[command].usage}`);

/** At least one. */
export function paths(call: Call): readonly string[] {
  if (call.operands.length === 0) throw missingFile(call);
  return call.operands;
}

/** Exactly one. */
export function onePath(call: Call): string {
  const [path, more] = call.operands;
  if (path === undefined) throw missingFile(call);
  if (more !== undefined) throw new UsageError(`one file at a time: \`${more}\` is too much`);
  return path;
}
