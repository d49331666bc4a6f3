/** `orus help [COMMAND]`: pages made from the table of options. */
import { type Call, COMMANDS, type CommandName, isCommand } from "../options.js";
import { writeText } from "../streams.js";
import { didYouMean, UsageError } from "../usage.js";

function overview(): string {
  const names = Object.keys(COMMANDS) as CommandName[];
  const terms = names.map((name) => `orus ${name} ${COMMANDS[name].usage}`.trim());
  const width = Math.max(...terms.map((term) => term.length)) + 2;
  return [
    "Usage: orus FILE [ARGS...]          run a program; `-` or nothing: the one on standard input",
    "       orus COMMAND [options] ...",
    "",
    "Commands:",
    ...names.map((name, i) => `  ${terms[i]!.padEnd(width)}${COMMANDS[name].does}`),
    "",
    "`orus help COMMAND` lists the options of a command.",
    "",
  ].join("\n");
}

export async function execute({ operands: [word] }: Call): Promise<number> {
  if (word === undefined) {
    writeText(1, overview());
    return 0;
  }
  if (!isCommand(word)) {
    throw new UsageError(`there is no command \`${word}\`${await didYouMean(word, Object.keys(COMMANDS))}`);
  }
  writeText(1, (await import("../parse.js")).helpOf(word));
  return 0;
}
