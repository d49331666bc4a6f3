/**
 * Layout (core 2): makes NEWLINE, INDENT and DEDENT from the indentation of lines, and pairs the brackets.
 *
 * Between brackets line ends mean nothing, so a missing closer would swallow the rest of the file. Therefore brackets are
 * paired here, where lines are still known: a line that cannot go on the bracketed text ends it. The closers that are
 * missing (E1003, E1004, E1020) are put in and surplus ones (E1001) taken out, so the parser only sees pairs.
 *
 * Relied on by the parser: every line's tokens are followed by `newline`; `indent` and `dedent` come right after it and
 * are balanced; the last token is `end`. Cost: one visit per token, two for lines inside brackets.
 */
import type { Sink } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/file.js";
import { span } from "../source/span.js";
import { endsValue, type Kind, startsPlainValue, type Token } from "./tokens.js";

const CLOSER = { "(": ")", "[": "]", "{": "}" } as const;
type Opener = keyof typeof CLOSER;
const UNCLOSED = { "(": "E1003", "[": "E1020", "{": "E1004" } as const;

interface Bracket {
  readonly opener: Opener;
  readonly token: Token;
  /** A `{` at the end of its line may be a block in the spelling of another language: its lines are statements. */
  readonly endsLine: boolean;
}

/** Adds the layout to the tokens of the lexer. */
export function layout(raw: readonly Token[], file: SourceFile, sink: Sink): Token[] {
  const out: Token[] = [];
  const widths = [0];
  const brackets: Bracket[] = [];
  const at = (start: number, end: number) => span(file.index, start, end);
  const make = (kind: Kind, offset: number): void => {
    out.push({ kind, start: offset, end: offset, value: null, indent: -1 });
  };
  /** Puts in the missing closers of all open brackets from `depth` on. */
  const closeAll = (offset: number, depth = 0): void => {
    for (let b = brackets.length; b > depth; b--) make(CLOSER[brackets.pop()!.opener], offset);
  };
  const reportUnclosed = (bracket: Bracket, gaveUp: Token | null): void => {
    const { opener, token } = bracket;
    sink.report({
      code: UNCLOSED[opener],
      span: at(token.start, token.end),
      label: `this \`${opener}\` is never closed`,
      labels:
        gaveUp === null
          ? []
          : [{ span: at(gaveUp.start, gaveUp.end), text: `\`${CLOSER[opener]}\` should stand before this` }],
      help: [`add \`${CLOSER[opener]}\``],
    });
  };

  let previous: Token | null = null;
  /** The word of the header in reading, if nothing in it can open a suite inside brackets. */
  let plainHeader: Kind | null = null;
  for (let i = 0; i < raw.length; i++) {
    const token = raw[i]!;
    const end = previous?.end ?? 0;
    if (token.kind === "end") {
      if (brackets.length > 0) reportUnclosed(brackets[brackets.length - 1]!, null);
      closeAll(end);
      if (previous !== null) make("newline", end);
      for (let depth = widths.length; depth > 1; depth--) make("dedent", token.start);
      out.push(token);
      break;
    }
    if (token.indent >= 0) {
      const base = widths[widths.length - 1]!;
      if (
        brackets.length > 0 &&
        previous !== null &&
        token.indent <= base &&
        breaksOut(raw, i, previous, brackets[brackets.length - 1]!)
      ) {
        reportUnclosed(brackets[brackets.length - 1]!, token);
        closeAll(end);
      }
      if (
        brackets.length > 0 &&
        plainHeader !== null &&
        previous?.kind === ":" &&
        token.indent > base &&
        !(plainHeader === "fn" && awaitsType(raw, i))
      ) {
        // The `:` at the end of a header is that of its block, not part of the brackets: they end before it.
        reportUnclosed(brackets[brackets.length - 1]!, previous);
        const colon = out.pop()!;
        closeAll(colon.start);
        out.push(colon);
      }
      if (brackets.length === 0) {
        plainHeader = HEADERS.has(token.kind) ? token.kind : null;
        if (previous !== null) make("newline", end);
        if (token.indent > base) {
          widths.push(token.indent);
          make("indent", token.start);
        } else if (token.indent < base) dedent(token);
      }
    }
    if (token.indent < 0 && (token.kind === "fn" || token.kind === "match" || token.kind === "{")) plainHeader = null;
    previous = token;
    switch (token.kind) {
      case "(":
      case "[":
      case "{": {
        const next = raw[i + 1]!;
        brackets.push({ opener: token.kind, token, endsLine: next.indent >= 0 || next.kind === "end" });
        out.push(token);
        break;
      }
      case ")":
      case "]":
      case "}":
        close(token, token.kind);
        break;
      default:
        out.push(token);
        // The closers of this line are inside the unfinished text.
        if (token.kind === "error" && token.value === "unfinished") closeAll(token.end);
    }
  }
  return out;

  /** Closes blocks down to the width of the line that starts with `token`. */
  function dedent(token: Token): void {
    while (widths.length > 1 && widths[widths.length - 2]! >= token.indent) {
      widths.pop();
      make("dedent", token.start);
    }
    if (widths[widths.length - 1] === token.indent) return;
    // No open block has this width: the line is taken for one of the innermost block that is still deeper.
    const open = widths.slice(0, -1).filter((w) => w < token.indent);
    const fits = [...new Set([...open, widths[widths.length - 1]!])];
    sink.report({
      code: "E1008",
      span: at(token.start, token.end),
      label: "no open block has this indentation",
      help: [
        `indent this line by ${fits.length > 1 ? `${fits.slice(0, -1).join(", ")} or ${fits[fits.length - 1]}` : fits[0]} blanks`,
      ],
    });
    widths[widths.length - 1] = token.indent;
  }

  function close(token: Token, kind: ")" | "]" | "}"): void {
    const innermost = brackets[brackets.length - 1];
    if (innermost === undefined) {
      const opener = kind === ")" ? "(" : kind === "]" ? "[" : "{";
      sink.report({
        code: "E1001",
        span: at(token.start, token.end),
        label: `this \`${kind}\` has no matching \`${opener}\``,
        help: [`remove this \`${kind}\``],
      });
      return;
    }
    if (CLOSER[innermost.opener] !== kind) {
      const wanted = CLOSER[innermost.opener];
      sink.report({
        code: UNCLOSED[innermost.opener],
        span: at(token.start, token.end),
        label: `\`${wanted}\` is expected here, not \`${kind}\``,
        labels: [
          { span: at(innermost.token.start, innermost.token.end), text: `to close this \`${innermost.opener}\`` },
        ],
        help: [`add \`${wanted}\` before it`],
      });
      // With no such bracket further out it was meant to close the innermost one.
      let outer = brackets.length - 1;
      while (outer >= 0 && CLOSER[brackets[outer]!.opener] !== kind) outer--;
      if (outer < 0) {
        brackets.pop();
        out.push({ ...token, kind: wanted });
        return;
      }
      closeAll(token.start, outer + 1);
    }
    brackets.pop();
    out.push(token);
  }
}

/** Statements that start with these words cannot stand inside an expression. */
const STATEMENT_WORDS: ReadonlySet<Kind> = new Set<Kind>([
  "print",
  "while",
  "return",
  "struct",
  "enum",
  "impl",
  "use",
  "pub",
  "mut",
  "break",
  "continue",
  "pass",
  "elif",
  "catch",
]);
const HEADERS: ReadonlySet<Kind> = new Set<Kind>(["if", "elif", "while", "for", "fn"]);
const ASSIGNMENTS: ReadonlySet<Kind> = new Set<Kind>(["=", ":=", "+=", "-=", "*=", "/=", "%="]);

/**
 * Whether the line that starts with token `i`, no deeper than the statement around it, cannot belong to the brackets
 * that are open before it. Lines that may belong to them are left to the parser.
 */
function breaksOut(raw: readonly Token[], i: number, previous: Token, innermost: Bracket): boolean {
  const token = raw[i]!;
  const next = raw[i + 1]!;
  if (innermost.opener === "{" && innermost.endsLine) return false;
  if (STATEMENT_WORDS.has(token.kind)) return true;
  if (token.kind === "fn" && next.kind === "name") return true;
  if (
    token.kind === "if" ||
    token.kind === "for" ||
    token.kind === "match" ||
    token.kind === "try" ||
    token.kind === "else"
  ) {
    return headerOfBlock(raw, i);
  }
  if (token.kind === "name" && ASSIGNMENTS.has(next.kind)) return previous.kind !== "(" && previous.kind !== ",";
  if (!startsPlainValue(token.kind) || !endsValue(previous.kind)) return false;
  // In a struct literal a line end separates the fields.
  return !(innermost.opener === "{" && token.kind === "name" && next.kind === ":");
}

/** Whether the `:` before token `i` is that of a parameter, whose type may stand on the next line. */
function awaitsType(raw: readonly Token[], i: number): boolean {
  const before = raw[i - 3]?.kind;
  return raw[i - 2]?.kind === "name" && (before === "(" || before === ",");
}

/** Whether the last token of the line that starts with token `i` is a `:`. */
function headerOfBlock(raw: readonly Token[], i: number): boolean {
  let last = i;
  while (raw[last + 1]!.kind !== "end" && raw[last + 1]!.indent < 0) last++;
  return raw[last]!.kind === ":";
}
