/**
 * Number literals (core 4.1, 4.2). `scanNumber` reads the longest run that was meant as one number, so that a wrong one
 * is one mistake, and gives its value or what is wrong with it.
 */
import type { IntValue } from "./tokens.js";

export interface Problem {
  /** `suffix`: digits followed by letters, which may have been meant as a name. */
  readonly kind: "suffix" | "other";
  readonly label: string;
  readonly help: readonly string[];
}

export type ScannedNumber =
  | { readonly end: number; readonly problem: Problem }
  | { readonly end: number; readonly problem: null; readonly kind: "int"; readonly value: IntValue }
  | { readonly end: number; readonly problem: null; readonly kind: "float"; readonly value: number };

const SUFFIXES = ["i32", "i64", "u32", "u64", "f64", "u"];
const LARGEST = (1n << 64n) - 1n;
/** Decimal digits of the largest u64: longer numbers need no conversion to be known as too large. */
const MOST_DIGITS = 20;

const SUFFIX_HELP = ["the suffixes are `i32`, `i64`, `u32`, `u64`, `f64` and `u`"];
const UNDERSCORE: Problem = { kind: "other", label: "`_` may only stand between two digits", help: [] };
const TOO_LARGE: Problem = {
  kind: "other",
  label: "this number does not fit any integer type",
  help: ["the largest integer is 18446744073709551615; write a float such as `1e20` for larger values"],
};

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isWord = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || isDigit(c);

/** Reads the number at `start`, where a digit stands, or a point before a digit. */
export function scanNumber(text: string, start: number): ScannedNumber {
  const prefix = text.charCodeAt(start) === 48 ? text.charCodeAt(start + 1) | 32 : 0;
  if (prefix === 120 || prefix === 98 || prefix === 111)
    return scanBased(text, start, prefix === 120 ? 16 : prefix === 98 ? 2 : 8);

  const digits = (from: number): number => {
    let at = from;
    while (isDigit(text.charCodeAt(at)) || text.charCodeAt(at) === 95) at++;
    return at;
  };
  const wholeEnd = digits(start);
  let at = wholeEnd;
  const missing = (end: number, label: string, example: string): ScannedNumber => ({
    end: wordEnd(text, end),
    problem: { kind: "other", label, help: [`write \`${example}\``] },
  });
  if (at === start)
    return missing(
      digits(start + 1),
      "a digit is missing before the point",
      `0${text.slice(start, digits(start + 1))}`,
    );

  let isFloat = false;
  const after = text.charCodeAt(at + 1);
  if (text.charCodeAt(at) === 46 && after !== 46) {
    if (isDigit(after) || after === 95) {
      isFloat = true;
      at = digits(at + 1);
    } else if (!isWord(after) || /^[eE][-+]?[0-9]/.test(text.slice(at + 1, at + 4))) {
      return missing(at + 1, "a digit is missing after the point", `${text.slice(start, at)}.0`);
    }
    // Otherwise the point belongs to a member name after the number.
  }
  const mantissaEnd = at;
  if ((text.charCodeAt(at) | 32) === 101) {
    const sign = text.charCodeAt(at + 1);
    const from = sign === 43 || sign === 45 ? at + 2 : at + 1;
    if (isDigit(text.charCodeAt(from))) {
      isFloat = true;
      at = digits(from);
    } else if (!isWord(text.charCodeAt(at + 1))) {
      return {
        end: from,
        problem: {
          kind: "other",
          label: "the exponent has no digits",
          help: [`write \`${text.slice(start, at)}e0\` or another exponent`],
        },
      };
    }
  }
  const numberEnd = at;
  const end = wordEnd(text, at);
  const suffix = text.slice(at, end);
  const body = text.slice(start, numberEnd);
  if (isFloat && text.charCodeAt(end) === 46 && isDigit(text.charCodeAt(end + 1))) {
    return { end: skipDotted(text, end), problem: { kind: "other", label: "a number has only one point", help: [] } };
  }
  if (badUnderscore(body)) return { end, problem: UNDERSCORE };
  if (suffix !== "" && !SUFFIXES.includes(suffix)) return { end, problem: unknownSuffix(suffix) };

  const plain = body.includes("_") ? body.replaceAll("_", "") : body;
  if (suffix === "f64" || (isFloat && suffix === ""))
    return { end, problem: null, kind: "float", value: Number(plain) };
  const value = isFloat ? integral(plain, text.slice(start, mantissaEnd).replaceAll("_", "")) : decimal(plain);
  if (value === "large") return { end, problem: TOO_LARGE };
  if (value === "fraction") {
    return {
      end,
      problem: {
        kind: "other",
        label: `\`${plain}\` is not a whole number, so it cannot be \`${suffix === "u" ? "u32" : suffix}\``,
        help: ["drop the suffix, or use `f64`"],
      },
    };
  }
  return { end, problem: null, kind: "int", value: { value, suffix: suffix === "" ? null : suffix } };
}

/** `0x`, `0b`, `0o`. */
function scanBased(text: string, start: number, base: 16 | 2 | 8): ScannedNumber {
  const end = wordEnd(text, start + 2);
  const word = text.slice(start + 2, end);
  const match = (base === 16 ? /^[0-9a-fA-F_]*/ : /^[0-9_]*/).exec(word)!;
  const digits = match[0];
  const suffix = word.slice(digits.length);
  const name = base === 16 ? "hexadecimal" : base === 2 ? "binary" : "octal";
  if (digits === "") return { end, problem: { kind: "other", label: `the ${name} number has no digits`, help: [] } };
  if (base === 16 ? badHexUnderscore(digits) : badUnderscore(digits)) return { end, problem: UNDERSCORE };
  const wrong = base === 16 ? null : (base === 2 ? /[2-9]/ : /[89]/).exec(digits);
  if (wrong !== null)
    return {
      end,
      problem: {
        kind: "other",
        label: `\`${wrong[0]}\` is not a digit of ${name === "octal" ? "an" : "a"} ${name} number`,
        help: [],
      },
    };
  if (suffix !== "" && !SUFFIXES.includes(suffix)) return { end, problem: unknownSuffix(suffix) };
  const plain = digits.replaceAll("_", "").replace(/^0+(?=.)/, "");
  const prefix = base === 16 ? "0x" : base === 2 ? "0b" : "0o";
  // 64 digits hold every u64 in any base; more need no conversion.
  const value = plain.length > 64 ? LARGEST + 1n : BigInt(prefix + plain);
  if (value > LARGEST) return { end, problem: TOO_LARGE };
  if (suffix === "f64") return { end, problem: null, kind: "float", value: Number(value) };
  return { end, problem: null, kind: "int", value: { value, suffix: suffix === "" ? null : suffix } };
}

const unknownSuffix = (suffix: string): Problem => ({
  kind: "suffix",
  label: `\`${suffix}\` is not a number suffix`,
  help: SUFFIX_HELP,
});

function wordEnd(text: string, from: number): number {
  let at = from;
  while (isWord(text.charCodeAt(at))) at++;
  return at;
}

/** The end of `.1.2.3`. */
function skipDotted(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 46 && isDigit(text.charCodeAt(at + 1))) at = wordEnd(text, at + 1);
  return at;
}

/** A `_` that does not stand between two digits. */
const badUnderscore = (body: string): boolean => body.includes("_") && /(^|[^0-9])_|_([^0-9]|$)/.test(body);
const badHexUnderscore = (body: string): boolean =>
  body.includes("_") && /(^|[^0-9a-fA-F])_|_([^0-9a-fA-F]|$)/.test(body);

function decimal(plain: string): bigint | "large" {
  const digits = plain.replace(/^0+(?=.)/, "");
  if (digits.length > MOST_DIGITS) return "large";
  const value = BigInt(digits);
  return value > LARGEST ? "large" : value;
}

/** The exact value of a number with point or exponent, if it is a whole one. */
function integral(plain: string, mantissa: string): bigint | "large" | "fraction" {
  const point = mantissa.indexOf(".");
  const digits = mantissa.replace(".", "");
  const significant = digits.replace(/^0+/, "").replace(/0+$/, "");
  if (significant === "") return 0n;
  const trailing = /0*$/.exec(digits)![0].length;
  const exponent = plain.length > mantissa.length ? Number(plain.slice(mantissa.length + 1)) : 0;
  // value = significant * 10^power
  const power = exponent + trailing - (point < 0 ? 0 : mantissa.length - point - 1);
  if (power < 0) return "fraction";
  if (significant.length + power > MOST_DIGITS) return "large";
  const value = BigInt(significant) * 10n ** BigInt(power);
  return value > LARGEST ? "large" : value;
}
