/**
 * Arguments to a `Call`, by commander from the table in options.ts. Loaded only when an option was given: commander
 * costs 5 ms, a fifth of what `orus hello.orus` takes over bare Node.
 *
 * Both `--opt=value` and `--opt value` are taken. An option that may stand bare (`--stats`) never takes the next word,
 * so its values are declared as flags of their own (`--stats=json`). Values are checked here; the messages are ours.
 */
import { Command, CommanderError, Option } from "commander";
import {
  type Call,
  COMMANDS,
  type CommandName,
  initialOptions,
  OPTION_NAMES,
  OPTIONS,
  type OptionName,
  type OptionRow,
  spelled,
  type Value,
} from "./options.js";
import { didYouMean, UsageError } from "./usage.js";

/** Options of a command, in table order. */
function optionsOf(command: CommandName): [OptionName, OptionRow][] {
  return OPTION_NAMES.map((name): [OptionName, OptionRow] => [name, OPTIONS[name]]).filter(([, row]) =>
    row.on.includes(command),
  );
}

/** How a value is named in help. */
function placeholder(value: Value): string {
  switch (value.is) {
    case "flag":
      return "";
    case "choice":
      return value.of.join("|");
    case "list":
      return value.of.join(",");
    case "count":
      return "N";
    case "duration":
      return "DURATION";
    case "size":
      return "SIZE";
    case "text":
    case "texts":
      return value.name;
  }
}

/** An option as help and documents show it. */
export function term(name: OptionName): string {
  const { value }: OptionRow = OPTIONS[name];
  const flags = spelled(name);
  const hint = placeholder(value);
  if (value.is === "flag") return flags;
  if (value.is === "choice" && value.bare !== undefined) return `${flags}[=${hint}]`;
  return name.length === 1 ? `${flags} ${hint}` : `${flags}=${hint}`;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const SIZES: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** The value of a text, or undefined when it is none. */
function read(text: string, value: Value): string | number | true | undefined {
  switch (value.is) {
    case "flag":
      return true;
    case "choice":
      return value.of.includes(text) ? text : undefined;
    case "list":
      return text.split(",").every((each) => value.of.includes(each)) ? text : undefined;
    case "count": {
      const n = /^[0-9](_?[0-9])*$/.test(text) ? Number(text.replaceAll("_", "")) : Number.NaN;
      return n >= value.min && n <= value.max ? n : undefined;
    }
    case "duration": {
      const [, amount, unit] = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)$/.exec(text) ?? [];
      return amount === undefined ? undefined : Number(amount) * UNITS[unit!]!;
    }
    case "size": {
      const [, bytes, amount, unit] = /^(?:([0-9](?:_?[0-9])*)|([0-9]+(?:\.[0-9]+)?)([kKmMgG]))$/.exec(text) ?? [];
      const size =
        unit === undefined
          ? Number(bytes?.replaceAll("_", ""))
          : Math.floor(Number(amount) * SIZES[unit.toLowerCase()]!);
      return size >= value.min && size <= Number.MAX_SAFE_INTEGER ? size : undefined;
    }
    case "text":
    case "texts":
      return text;
  }
}

/** What would have been a value. */
function wanted(value: Value): string {
  switch (value.is) {
    case "choice":
      return `one of ${value.of.join(", ")}`;
    case "list":
      return `some of ${value.of.join(",")}`;
    case "count":
      return value.max < Number.MAX_SAFE_INTEGER
        ? `a whole number from ${value.min} to ${value.max}`
        : `a whole number from ${value.min}`;
    case "duration":
      return "a time such as 5s or 200ms";
    case "size":
      return `a size such as 512M or 2G, at least ${value.min / SIZES.m!}M`;
    default:
      return "a text";
  }
}

class BadValue extends Error {
  constructor(
    readonly option: OptionName,
    readonly text: string,
  ) {
    super();
  }
}

/** A commander command whose listeners fill `call`. */
function parser(command: CommandName, set: (name: OptionName, value: unknown) => void): Command {
  const row = COMMANDS[command];
  const made = new Command(`orus ${command}`)
    .description(`${row.does[0]!.toUpperCase()}${row.does.slice(1)}.`)
    .usage(`[options] ${row.usage}`.trim())
    .argument("[operands...]")
    .helpOption("-h, --help", "this text")
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .passThroughOptions(row.passesThrough ?? false);
  const terms = new Map<string, string>();
  for (const [name, { value, help, initial }] of optionsOf(command)) {
    const flags = spelled(name);
    const bare = value.is === "flag" || (value.is === "choice" && value.bare !== undefined);
    terms.set(flags, term(name));
    const shown = initial === undefined ? help : `${help} (default ${initial})`;
    made.addOption(new Option(bare ? flags : `${flags} <value>`, shown));
    // Commander takes what follows a single letter as it is: the value of `-O=2` would be `=2`.
    const plain = (text: string): string =>
      name.length === 1 && value.is === "choice" ? text.replace(/^=/, "") : text;
    const take = (written: string): void => {
      const text = plain(written);
      const got = read(text, value);
      if (got === undefined) throw new BadValue(name, text);
      set(name, got);
    };
    made.on(`option:${name}`, (text?: string) => take(text ?? (value.is === "choice" ? value.bare! : "")));
    if (bare && value.is === "choice") {
      for (const each of value.of) {
        made.addOption(new Option(`${flags}=${each}`).hideHelp());
        made.on(`option:${name}=${each}`, () => take(each));
      }
    }
  }
  made.configureHelp({ optionTerm: (option) => terms.get(option.long ?? option.short ?? "") ?? option.flags });
  return made;
}

/** The page of `orus help COMMAND`. */
export const helpOf = (command: CommandName): string => parser(command, () => {}).helpInformation();

/** Understands the arguments after the command's name. Answers "help" when that was asked for. */
export async function parse(command: CommandName, args: readonly string[]): Promise<Call | "help"> {
  const options: Record<string, unknown> = initialOptions();
  const given: OptionName[] = [];
  const made = parser(command, (name, value) => {
    const { value: kind }: OptionRow = OPTIONS[name];
    options[name] = kind.is === "texts" ? [...((options[name] as string[]) ?? []), value] : value;
    given.push(name);
  });
  try {
    made.parse(args, { from: "user" });
  } catch (e) {
    if (e instanceof BadValue) throw new UsageError(await badValue(e));
    if (!(e instanceof CommanderError)) throw e;
    if (e.code === "commander.helpDisplayed") return "help";
    throw new UsageError(await explained(e, command));
  }
  return { command, options: options as unknown as Call["options"], given, operands: made.args };
}

async function badValue({ option, text }: BadValue): Promise<string> {
  const { value }: OptionRow = OPTIONS[option];
  const near = value.is === "choice" || value.is === "list" ? await didYouMean(text, value.of) : "";
  return `\`${text}\` is no value for \`${spelled(option)}\`, which takes ${wanted(value)}${near}`;
}

/** Commander's two complaints that are left, in our words. */
async function explained(e: CommanderError, command: CommandName): Promise<string> {
  const quoted = /'([^']*)'/.exec(e.message)?.[1] ?? "";
  const flags = optionsOf(command).map(([name]) => spelled(name));
  const [written = "", given] = quoted.split("=");
  const known = OPTION_NAMES.find((name) => spelled(name) === written.split(" ")[0]);
  if (e.code === "commander.optionMissingArgument" && known !== undefined) {
    return `\`${spelled(known)}\` needs a value: ${wanted(OPTIONS[known].value)}`;
  }
  if (known !== undefined && flags.includes(written)) {
    const { value }: OptionRow = OPTIONS[known];
    if (value.is === "flag") return `\`${written}\` takes no value`;
    return badValue(new BadValue(known, given ?? ""));
  }
  if (known !== undefined) return `\`${written}\` is no option of \`orus ${command}\`; see \`orus help ${command}\``;
  const near = await didYouMean(written, flags);
  return `unknown option \`${written}\`${near || `; see \`orus help ${command}\``}`;
}
