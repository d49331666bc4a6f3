/**
 * What a `{` opens where a value may stand: a block with statements (types-and-modules.md 14), or a map or a set
 * (extensions.md 5.1, 6.1). The layout has to know, since lines mean something in a block only. After a name `{` opens a
 * struct literal, and after other values a block in the spelling of other languages; both are not asked about here.
 */
import { endsValue, type Kind, keywords, type Token } from "./tokens.js";

/** `value` of a `{` token that opens a block as a value. */
export const BLOCK = "block";
/** Whether the layout has found that this token opens a block as a value. */
export const opensBlock = (token: Token): boolean => token.kind === "{" && token.value === BLOCK;

const ASSIGNS: ReadonlySet<Kind> = new Set<Kind>(["=", ":=", "+=", "-=", "*=", "/=", "%=", ";"]);

/** Answers about one file. Each answer looks at the tokens of its own pair of braces only, so all together are linear. */
export class Braces {
  private partners: Int32Array | null = null;

  constructor(private readonly raw: readonly Token[]) {}

  /** Whether the `{` at `i` opens a block as a value. */
  opensBlock(i: number): boolean {
    const { raw } = this;
    if (!standsForValue(raw, i)) return false;
    const first = raw[i + 1]!.kind;
    if (first === "}" || first === "end") return false;
    if (first === "label") return true;
    if (keywords.has(first) && first !== "not" && first !== "true" && first !== "false") return true;
    for (let j = i + 1; ; j++) {
      const { kind, indent } = raw[j]!;
      if (kind === "end" || kind === "}") return true;
      // The first expression has ended with its line.
      if (indent >= 0 && j > i + 1) return true;
      if (ASSIGNS.has(kind)) return true;
      if (kind === "for") return false;
      if (kind === ",") return this.assignsBeforeClose(j + 1);
      if (kind === ":") return this.declares(j + 1);
      if (kind === "(" || kind === "[" || kind === "{") {
        j = this.partner(j);
        if (j < 0) return false;
      }
    }
  }

  /** `a, b = …`: whether a `=` follows on the line before the braces end. */
  private assignsBeforeClose(from: number): boolean {
    for (let j = from; ; j++) {
      const { kind, indent } = this.raw[j]!;
      if (kind === "=") return true;
      if (kind === "end" || kind === "}" || kind === ";" || indent >= 0) return false;
      if (kind === "(" || kind === "[" || kind === "{") {
        j = this.partner(j);
        if (j < 0) return false;
      }
    }
  }

  /** `x: T = …`: whether the tokens from `from` on are a type and then a `=`. */
  private declares(from: number): boolean {
    for (let j = from; ; j++) {
      const { kind } = this.raw[j]!;
      if (kind === "=" || kind === ":=") return j > from;
      if (kind === "(" || kind === "[" || kind === "{") {
        j = this.partner(j);
        if (j < 0) return false;
      } else if (kind !== "name" && kind !== "." && kind !== "fn" && kind !== "->" && kind !== "?") return false;
    }
  }

  /** The closer of the opener at `i`, whatever its sort; -1 if there is none. */
  private partner(i: number): number {
    if (this.partners === null) {
      const { raw } = this;
      this.partners = new Int32Array(raw.length).fill(-1);
      const open: number[] = [];
      for (let j = 0; j < raw.length; j++) {
        const { kind } = raw[j]!;
        if (kind === "(" || kind === "[" || kind === "{") open.push(j);
        else if ((kind === ")" || kind === "]" || kind === "}") && open.length > 0) this.partners[open.pop()!] = j;
      }
    }
    return this.partners[i]!;
  }
}

/** Whether a value may stand at token `i`, a `{`. */
function standsForValue(raw: readonly Token[], i: number): boolean {
  const before = raw[i - 1];
  if (before === undefined || raw[i]!.indent >= 0) return true;
  if (before.kind === "else") return before.indent < 0 && raw[i - 2]?.kind !== "}";
  return before.kind !== "try" && before.kind !== "catch" && !endsValue(before.kind);
}
