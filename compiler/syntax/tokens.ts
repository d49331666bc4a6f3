/**
 * Token kinds. A kind is the text of the keyword or operator itself, or a word for the classes with many texts, so the
 * parser reads like the grammar: `at("while")`, `at("+=")`.
 */

/** Core 3. `true` and `false` are reserved as well: they are literals, not names. */
export const KEYWORDS = [
  "and",
  "as",
  "break",
  "catch",
  "continue",
  "elif",
  "else",
  "enum",
  "fn",
  "for",
  "if",
  "impl",
  "in",
  "match",
  "matches",
  "mut",
  "not",
  "or",
  "pass",
  "print",
  "pub",
  "return",
  "struct",
  "try",
  "use",
  "while",
  "true",
  "false",
] as const;

/** Longest first within each first character: the lexer takes the first that fits. */
export const PUNCTUATION = [
  "+=",
  "++",
  "+",
  "->",
  "-=",
  "-",
  "**=",
  "**",
  "*=",
  "*",
  "/=",
  "/",
  "%=",
  "%",
  "===",
  "==",
  "=",
  "!==",
  "!=",
  "!",
  "<<=",
  "<<",
  "<=",
  "<",
  ">>=",
  ">>",
  ">=",
  ">",
  ":=",
  ":",
  "..=",
  "..",
  ".",
  ",",
  ";",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  "&&",
  "&=",
  "&",
  "||",
  "|>",
  "|=",
  "|",
  "^=",
  "^",
  "~",
  "?",
  "@",
] as const;

export type Keyword = (typeof KEYWORDS)[number];
export type Punctuation = (typeof PUNCTUATION)[number];

/**
 * - `label`: `'name`.
 * - `error`: something the lexer has reported; it stands for a value.
 * - `newline`, `indent`, `dedent`: made by the layout (indent.ts); they have no width.
 * - `end`: after the last token of the file, once.
 */
export type Kind =
  | Keyword
  | Punctuation
  | "name"
  | "int"
  | "float"
  | "string"
  | "label"
  | "error"
  | "newline"
  | "indent"
  | "dedent"
  | "end";

export interface IntValue {
  readonly value: bigint;
  readonly suffix: string | null;
}

export interface Token {
  readonly kind: Kind;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** `int`: value and suffix; `float`: a number; `string`: the text after escapes; `label`: the name; `{`: see braces.ts. */
  readonly value: IntValue | number | string | null;
  /** The indentation of its line if it is the first token there; otherwise -1. */
  readonly indent: number;
}

export const keywords: ReadonlyMap<string, Keyword> = new Map(KEYWORDS.map((k) => [k, k]));

/** A literal, name or closing bracket: a value may end with it. */
export function endsValue(kind: Kind): boolean {
  switch (kind) {
    case "name":
    case "int":
    case "float":
    case "string":
    case "error":
    case "true":
    case "false":
    case ")":
    case "]":
    case "}":
      return true;
    default:
      return false;
  }
}

/** A literal or name: a value may start with it, and nothing before it on the line can continue with it. */
export function startsPlainValue(kind: Kind): boolean {
  switch (kind) {
    case "name":
    case "int":
    case "float":
    case "string":
    case "error":
    case "true":
    case "false":
      return true;
    default:
      return false;
  }
}

/** A token after which no expression goes on. */
export function endsExpression(kind: Kind): boolean {
  switch (kind) {
    case "newline":
    case ",":
    case ")":
    case "]":
    case "}":
    case ":":
    case "=":
    case ";":
    case "->":
    case "dedent":
    case "end":
      return true;
    default:
      return false;
  }
}

/** How a diagnostic names a token. */
export function describe(token: Token, text: string): string {
  switch (token.kind) {
    case "newline":
    case "indent":
    case "dedent":
      return "the end of the line";
    case "end":
      return "the end of the file";
    case "string":
      return "this text";
    case "int":
    case "float":
      return "this number";
    default:
      return `\`${text.slice(token.start, token.end)}\``;
  }
}
