/**
 * String expressions for generate.ts. Joins in loops would double a text at each round, so every expression is made for
 * a number of bytes ("room"): parts share it, and a variable that may be longer is tested before it is used. Literals are
 * exempt from that; nothing that is kept from round to round grows by one without a test.
 */

/** What the expressions need of the program around. */
export interface Choices {
  /** A number below `n`. */
  pick(n: number): number;
  of<X>(list: readonly X[]): X;
  /** A part of a type, one operator less deep. */
  sub(type: string, room?: number): string;
}
export interface TextVar {
  readonly name: string;
  /** Bytes that it may have. */
  readonly room: number;
}

/** Texts of any order against each other: prefixes, bytes above 127, NUL, one long enough to be a rope's part soon. */
export const TEXTS = ['""', '"a"', '"ab"', '"é"', '"b"', '"a\\0"', '"\\0"', '"zz~"', '"pieces of text, "'] as const;
/** Bytes of variables: most remain short; some become ropes, few pass the size up to which joins are copied. */
const ROOMS = [8, 60, 300, 300, 3_000, 3_000, 60_000] as const;
/** What a part has room for if nothing else is said, and what is printed inside of loops. */
export const SHORT = 300;
const LONGEST_NUMBER = 26;
const FROM = ["i32", "i64", "u32", "u64", "f64", "bool"] as const;

export const roomOf = (c: Choices): number => c.of(ROOMS);

/** A variable as a value of at most `room` bytes. */
export const within = (v: TextVar, room: number): string =>
  v.room <= room ? v.name : `(${v.name} if len(${v.name}) <= ${room} else "~")`;

/** An expression with at least one operator. */
export function text(c: Choices, vars: readonly TextVar[], room: number): string {
  const half = room >> 1;
  const v = vars.length > 0 ? c.of(vars) : null;
  const rest = v === null ? '""' : v.room <= room ? v.name : '"-"';
  switch (c.pick(10)) {
    case 0:
    case 1:
      if (room >= LONGEST_NUMBER) return `(${c.sub(c.of(FROM))} as string)`;
      break;
    case 2:
    case 3:
      if (v) return element(c, v.name);
      return element(c, c.of(TEXTS));
    case 4:
      if (v) return `(${v.name} + ${v.name} if len(${v.name}) <= ${half} else ${rest})`;
      break;
    case 5:
    case 6:
      if (v && half > 0) return `(${joined(c, v.name, half)} if len(${v.name}) <= ${room - half} else ${rest})`;
      break;
    default:
  }
  return `(${c.sub("string", half)} + ${c.sub("string", half)})`;
}

/**
 * `target += part` or a join in another order, as long as the target has room. `anew`: `target = …` in a branch would
 * be a declaration.
 */
export function append(c: Choices, target: TextVar, anew: boolean): string {
  const { name } = target;
  const part = Math.min(c.of([8, 40, SHORT, target.room]), target.room >> 1);
  switch (c.pick(6) + (anew ? 2 : 0)) {
    case 0:
      return `if len(${name}) <= ${target.room >> 1}: ${name} = ${name} + ${name}`;
    case 1:
      return `if len(${name}) <= ${target.room - part}: ${name} = ${joined(c, name, part)}`;
    case 2:
      return `if len(${name}) <= ${target.room >> 1}: ${name} += ${name}`;
    default:
      return `if len(${name}) <= ${target.room - part}: ${name} += ${c.sub("string", part)}`;
  }
}
const joined = (c: Choices, name: string, room: number): string =>
  c.pick(2) === 0 ? `${name} + ${c.sub("string", room)}` : `${c.sub("string", room)} + ${name}`;

/** One byte of a text; the index is outside of it now and then. */
function element(c: Choices, of: string): string {
  const integer = c.of(["i32", "i64", "u32", "u64"]);
  switch (c.pick(8)) {
    case 0:
      return `${of}[${c.sub(integer)}]`;
    case 1:
      return `${of}[len(${of}) - 1]`;
    case 2:
    case 3:
      return `(${of}[len(${of}) - 1] if len(${of}) > 0 else ${c.of(TEXTS)})`;
    case 4: {
      const divisor = integer === "i32" ? `len(${of})` : `(len(${of}) as ${integer})`;
      return `(${of}[${c.sub(integer)} % ${divisor}] if len(${of}) > 0 else "")`;
    }
    default: {
      const at = c.of([0, 1, 2, 7, 255, 1_500]);
      return `(${of}[${at}${c.of(["", "i64", "u32", "u64"])}] if len(${of}) > ${at} else ${c.of(TEXTS)})`;
    }
  }
}
