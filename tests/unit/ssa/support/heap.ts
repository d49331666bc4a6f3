/**
 * Objects of the reference machine, and what ops do with them: enough of the extended ops to tell whether SSA does what bytecode
 * says; programs that need others are left out (`Unsupported`). An `any` is a pair of representation and value.
 */
import type { Chunk } from "../../../../compiler/bytecode/chunk.js";
import type { ExtendedName } from "../../../../compiler/bytecode/extended.js";
import type { OpName } from "../../../../compiler/bytecode/ops.js";
import type { RunValue } from "../../../../compiler/ssa/index.js";

export class Unsupported extends Error {}

export class ArrayObject {
  /** What `array.data` gives; pushing makes another one, so that an old one is noticed. */
  elements: RunValue[];
  constructor(elements: RunValue[]) {
    this.elements = elements;
  }
}
export class SlotObject {
  readonly slots: (RunValue | undefined)[] = [];
  constructor(
    readonly kind: "record" | "closure" | "cell" | "error",
    /** Variant, function, or the code of an error. */
    readonly link: number | string,
  ) {}
}
export class AnyValue {
  constructor(
    readonly rep: string,
    readonly value: RunValue,
  ) {}
}

/** How an op ended: a result (null: it has none), or the error's code. */
export type Done = { readonly value: RunValue | null } | { readonly error: string };

/** Text of a value, for outputs that are compared. */
export function shown(x: RunValue): string {
  if (x instanceof ArrayObject) return `[${x.elements.map(shown).join(", ")}]`;
  if (x instanceof SlotObject) return `${x.kind} ${x.link}`;
  if (x instanceof AnyValue) return `${x.rep} ${shown(x.value)}`;
  return Object.is(x, -0) ? "-0" : String(x);
}

export class Heap {
  private readonly constants = new Map<number, RunValue>();
  constructor(private readonly chunk: Chunk) {}

  constant(index: number): RunValue {
    let known = this.constants.get(index);
    if (known === undefined) this.constants.set(index, (known = this.made(index)));
    return known;
  }
  private made(index: number): RunValue {
    const c = this.chunk.constants[index]!;
    if ("text" in c) return c.text;
    if (!("object" in c)) throw new Error("a constant that is no reference");
    const { object } = c;
    if (object.kind === "array") throw new Unsupported("static array");
    return object.kind === "variant" ? new SlotObject("record", object.variant) : new SlotObject("closure", object.fn);
  }

  /** GET_*, SET_*, slots: operands as the bytecode names them, `get` reads a register; null: another op. */
  basic(name: OpName, values: readonly number[], get: (i: number) => RunValue): Done | null {
    const rep = name.slice(name.lastIndexOf("_") + 1).toLowerCase();
    const element = (array: number, index: number): { elements: RunValue[]; at: number } | string => {
      const { elements } = get(array) as ArrayObject;
      const at = get(index) as number;
      return at < 0 ? "E0002.1" : at >= elements.length ? "E0002" : { elements, at };
    };
    if (name.startsWith("GET_")) {
      const e = element(1, 2);
      return typeof e === "string" ? { error: e } : { value: e.elements[e.at]! };
    }
    if (name.startsWith("SET_")) {
      const e = element(0, 1);
      if (typeof e === "string") return { error: e };
      e.elements[e.at] = narrowed(rep, get(2));
      return { value: null };
    }
    if (name.startsWith("LOAD_SLOT_")) return { value: (get(1) as SlotObject).slots[values[2]!] ?? zeroOf(rep) };
    switch (name) {
      case "LEN_ARRAY":
        return { value: (get(1) as ArrayObject).elements.length };
      case "STORE_SLOT":
        (get(0) as SlotObject).slots[values[2]!] = get(1);
        return { value: null };
      case "LOAD_VARIANT":
        return { value: this.variant(get(1) as SlotObject) };
      default:
        return null;
    }
  }
  variant(x: SlotObject): number {
    return this.chunk.variants[x.link as number]!.index;
  }

  /** An extended op but for CATCH; arguments without the destination. */
  extended(name: ExtendedName, args: readonly RunValue[]): Done {
    const [a, b] = args as [RunValue, RunValue];
    const done = (value: RunValue | null): Done => ({ value });
    if (name.startsWith("WRAP_")) return done(new AnyValue(name.slice("WRAP_".length).toLowerCase(), a));
    if (name.startsWith("UNWRAP_") && name !== "UNWRAP_REF") {
      const any = a as AnyValue;
      return any.rep === name.slice("UNWRAP_".length).toLowerCase() ? done(any.value) : { error: "E0019" };
    }
    if (name.startsWith("POP_") && name !== "POP_ANY") {
      const array = a as ArrayObject;
      if (array.elements.length === 0) return { error: "E0011" };
      const last = array.elements[array.elements.length - 1]!;
      array.elements = array.elements.slice(0, -1);
      return done(last);
    }
    switch (name) {
      case "NEW_RECORD":
        return done(new SlotObject("record", a as number));
      case "NEW_CLOSURE":
        return done(new SlotObject("closure", args[2] as number));
      case "NEW_CELL":
        return done(new SlotObject("cell", 0));
      case "FILL_ARRAY": {
        const type = this.chunk.types[args[2] as number]!;
        const value = type.what === "scalar" ? narrowed(type.rep, a) : a;
        return (b as number) < 0
          ? { error: "E0009" }
          : done(new ArrayObject(new Array<RunValue>(b as number).fill(value)));
      }
      case "NEW_ARRAY": {
        const type = this.chunk.types[b as number]!;
        const zero = type.what === "scalar" ? zeroOf(type.rep) : 0;
        return done(new ArrayObject(new Array<RunValue>(a as number).fill(zero)));
      }
      case "COPY_ARRAY":
        return done(new ArrayObject([...(a as ArrayObject).elements]));
      case "PUSH": {
        const array = a as ArrayObject;
        array.elements = [...array.elements, b];
        return done(null);
      }
      case "LEN_VALUE":
        return done(typeof a === "string" ? a.length : (a as ArrayObject).elements.length);
      default:
        throw new Unsupported(name);
    }
  }
}

/** The element of a bool array is a byte. */
const narrowed = (rep: string, x: RunValue): RunValue => (rep === "bool" ? (x as number) & 0xff : x);
const zeroOf = (rep: string): RunValue => (rep === "i64" || rep === "u64" ? 0n : 0);
