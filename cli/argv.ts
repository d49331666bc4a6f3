/**
 * Decides which command was meant, and whether its arguments need a parser: `orus FILE ARGS...` and
 * `orus run FILE ARGS...` without options, the usual cases, do not.
 */
import { existsSync } from "node:fs";
import { type Call, COMMANDS, type CommandName, initialOptions, isCommand } from "./options.js";
import { isTerminal } from "./streams.js";
import { didYouMean, UsageError } from "./usage.js";

/** Options that stand for a command. */
const STAND_FOR: Readonly<Record<string, CommandName>> = {
  "-h": "help",
  "--help": "help",
  "-v": "version",
  "--version": "version",
  // What the C implementation of Orus called it.
  "--show-bytecode": "dis",
};

const plain = (command: CommandName, ...operands: readonly string[]): Call => ({
  command,
  options: initialOptions(),
  given: [],
  operands,
});

export async function understand(argv: readonly string[]): Promise<Call> {
  const [first, ...rest] = argv;
  if (first === undefined) {
    if (await isTerminal(0)) throw new UsageError("missing file name; see `orus help`");
    return plain("run", "-");
  }
  const stands = STAND_FOR[first];
  if (stands !== undefined) return options(stands, rest);
  if (isCommand(first)) return options(first, rest);
  if (first.startsWith("-") && first !== "-") {
    const call = await options("run", argv);
    const [word] = call.operands;
    if (call.command === "run" && word !== undefined && isCommand(word) && call.options.e === undefined) {
      throw new UsageError(`options come after the command: orus ${word} [options] ${COMMANDS[word].usage}`.trim());
    }
    return call;
  }
  // The short form of `orus build FILE -o OUT`; `orus run FILE -o OUT` gives `-o` to the program.
  if (rest[0] === "-o") return options("build", argv);
  if (!/[./\\-]/.test(first) && !existsSync(first)) {
    const near = await didYouMean(first, Object.keys(COMMANDS));
    if (near !== "") throw new UsageError(`there is no command and no file \`${first}\`${near}`);
  }
  return plain("run", ...argv);
}

async function options(command: CommandName, args: readonly string[]): Promise<Call> {
  const passes = COMMANDS[command].passesThrough ?? false;
  const isOption = (word: string): boolean => word.startsWith("-") && word !== "-";
  if (!(passes ? isOption(args[0] ?? "") : args.some(isOption))) return plain(command, ...args);
  const call = await (await import("./parse.js")).parse(command, args);
  return call === "help" ? plain("help", command) : call;
}
