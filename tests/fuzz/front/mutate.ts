/**
 * Small changes of a text, as a person at the keyboard makes them: tokens deleted, doubled, swapped or replaced, names
 * and literals exchanged, the text cut, lines moved to another depth. What a token is, is decided here and not by the
 * lexer under test.
 */
import type { Random } from "./random.js";

const TOKEN = /\s+|[A-Za-z_]\w*|\d[\w.]*|\$?"(?:\\.|[^"\\\n])*"?|\/\/[^\n]*|\/\*.*?\*\/|->|\.\.=?|:=|[-+*/%=!<>]=|./gsu;
const BLANK = /^\s/;
const NAME = /^[A-Za-z_]/;
const NUMBER = /^\d/;

/** Words that a mutation puts in. Some belong to other languages: their users write them here too. */
const WORDS: readonly string[] = [
  ..."and as break catch continue elif else enum fn for if impl in match matches mut not or pass".split(" "),
  ..."print pub return struct try use while true false trait type when throw finally yield self module".split(" "),
  ..."var let const def func function import null nil None then do end elseif switch case && || ++ !".split(" "),
  ..."i32 i64 u32 u64 f64 bool string any void typeof len x _".split(" "),
  ..."+ - * / % == != < <= > >= = += -= *= /= %= := -> .. ..= . , : ; ( ) [ ] { } ' @ & | ^ ~ << >> ** ? $ # \\".split(
    " ",
  ),
  ...'0 1 -1 2.5 1e400 0x 1_ 5u8 2147483648 9223372036854775808 18446744073709551616 "s" "\\q" " $"{x}" $"{'.split(" "),
  ...["é", "“", "”", "\u00a0", "\u200b", "\u2028", "😀", "\ufeff", "/*", "*/", "//"],
  ...["\n", "\n    ", "\n\t", "\r", "\r\n", ":\n", ":\n    ", "\n\n", " ", "\t", "\f"],
];
const NUMBERS = ["0", "1", "-1", "3", "2147483647", "2147483648", "1i64", "4294967295u32", "1u64", "0.5", "1e9"];
const TYPE_NAMES = ["i32", "i64", "u32", "u64", "f64", "bool", "string", "any"];

const tokens = (text: string): string[] => text.match(TOKEN) ?? [];

/** The position of a token that is no blank, nearest after a random one. */
function solid(list: readonly string[], random: Random): number {
  const start = random.below(list.length);
  for (let k = 0; k < list.length; k++) {
    const i = (start + k) % list.length;
    if (!BLANK.test(list[i]!)) return i;
  }
  return start;
}

/** Another token of the same kind from the same text, or from a list. */
function likewise(list: readonly string[], token: string, random: Random): string {
  if (TYPE_NAMES.includes(token)) return random.pick(TYPE_NAMES);
  if (NUMBER.test(token)) return random.pick(NUMBERS);
  const same = NAME.test(token) ? NAME : /^[^\w\s]/;
  const others = list.filter((t) => same.test(t));
  return others.length > 0 && !random.oneIn(5) ? random.pick(others) : random.pick(WORDS);
}

function changeTokens(text: string, random: Random): string {
  const list = tokens(text);
  if (list.length === 0) return random.pick(WORDS);
  const i = solid(list, random);
  switch (random.below(8)) {
    case 0:
    case 1:
      list.splice(i, 1);
      break;
    case 2:
      list.splice(i, 0, list[i]!, random.oneIn(2) ? " " : "");
      break;
    case 3: {
      const k = random.oneIn(2) ? solid(list, random) : Math.min(i + 2, list.length - 1);
      [list[i], list[k]] = [list[k]!, list[i]!];
      break;
    }
    case 4:
    case 5:
      list[i] = likewise(list, list[i]!, random);
      break;
    case 6:
      list.splice(i, 0, random.pick(WORDS), random.oneIn(2) ? " " : "");
      break;
    default: {
      const from = solid(list, random);
      list.splice(i, 0, ...list.slice(from, from + 1 + random.below(12)));
    }
  }
  return list.join("");
}

function changeLines(text: string, random: Random): string {
  const lines = text.split("\n");
  const i = random.below(lines.length);
  switch (random.below(6)) {
    case 0:
      lines[i] = random.pick(["    ", " ", "\t", "  "]) + lines[i];
      break;
    case 1:
      lines[i] = lines[i]!.replace(/^(\s{1,4})/, "");
      break;
    case 2:
      lines.splice(i, 1);
      break;
    case 3:
      lines.splice(random.below(lines.length + 1), 0, lines[i]!);
      break;
    case 4:
      // Everything below goes one block deeper.
      for (let k = i; k < lines.length; k++) lines[k] = `    ${lines[k]}`;
      break;
    default:
      lines[i] = `${lines[i]}${random.pick([" ", ";", ":", "  //", "\r"])}${lines
        .splice(i + 1, 1)
        .join("")
        .trimStart()}`;
  }
  return lines.join("\n");
}

function changeCharacters(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  switch (random.below(4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + random.below(4));
    default:
      return text.slice(0, at) + random.pick(WORDS) + text.slice(at);
  }
}

/** One small change. */
export function mutateOnce(text: string, random: Random): string {
  switch (random.below(10)) {
    case 0:
      return changeCharacters(text, random);
    case 1:
    case 2:
      return changeLines(text, random);
    default:
      return changeTokens(text, random);
  }
}

/** Words without an order, with line ends and indentation. */
export function noise(random: Random): string {
  let text = "";
  for (let n = random.below(60); n > 0; n--) text += random.pick(WORDS) + (random.oneIn(4) ? "" : " ");
  return text;
}
