/**
 * What of a program lies in memory before it runs, beside its code: string literals, objects that never change, types and
 * variants, the texts and error messages of the runtime. The engine and the linker place it at an address of theirs.
 *
 *   base ─► literals of constants │ other literals │ static objects │ TYPEs │ VARIANTs │ ENTRYs │ lists ─► end
 *
 * A program without object ops has the literals of its constants only.
 */
import { rowOf, TABLE } from "../diagnostics/table.js";
import { NAMES } from "../layout/names.js";
import {
  ARRAY,
  ELEMENT_BYTES,
  ENTRY,
  KIND,
  MESSAGE,
  REP,
  SLOTS,
  STRING,
  TYPE,
  VARIANT,
  WHAT,
} from "../layout/objects.js";
import type { Chunk, RunType, StaticObject } from "./chunk.js";
import { OP } from "./ops.js";
import { errorNumber } from "./places.js";

const align8 = (n: number): number => (n + 7) & ~7;
const encoder = new TextEncoder();

/** Bytes of a string literal object: header, then its UTF-8. */
function literal(text: Uint8Array): Uint8Array {
  const object = new Uint8Array(align8(STRING.size + text.length));
  const view = new DataView(object.buffer);
  view.setUint8(STRING.at.kind, KIND.LITERAL);
  view.setUint32(STRING.at.length, text.length, true);
  object.set(text, STRING.size);
  return object;
}

/** Whether functions of the runtime for objects are called, which look at types, texts and messages. */
export function hasObjects(chunk: Chunk): boolean {
  const { code } = chunk;
  // A word that only looks like an EXT costs a few bytes of image, nothing else.
  return chunk.types.length > 0 || chunk.handlers.length > 0 || code.some((word) => (word & 0xff) === OP.EXT);
}

export class Statics {
  /** Address of each constant's object, 0 for numbers. */
  readonly constants: readonly number[];
  readonly types: readonly number[];
  readonly variants: readonly number[];
  /** Address of each function's name, 0: it has none. */
  readonly functionNames: readonly number[];
  /** What VM.names, VM.messages and VM.messageCount are to be. */
  readonly names: number;
  readonly messages: number;
  readonly messageCount: number;
  /** Just after the last byte, 8-aligned. */
  readonly end: number;

  private readonly parts: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  /** Written when the addresses of the function records are known. */
  private readonly later: ((view: DataView, fnRecord: (fn: number) => number) => void)[] = [];
  private readonly literals = new Map<string, number>();
  private at: number;

  /** Lays everything out from `base` (8-aligned upward) on. */
  constructor(
    private readonly chunk: Chunk,
    readonly base: number,
  ) {
    this.at = this.base = align8(base);
    const objects = hasObjects(chunk);
    const texts = chunk.constants.map((c) => ("text" in c ? this.literal(c.text) : 0));
    this.types = chunk.types.map(() => this.reserve(TYPE.size));
    this.variants = chunk.variants.map(() => this.reserve(VARIANT.size));
    this.constants = chunk.constants.map((c, i) => ("object" in c ? this.object(c.object) : texts[i]!));
    this.functionNames = chunk.functions.map((f) => (objects && f.name !== "" ? this.literal(f.name) : 0));
    chunk.types.forEach((type, i) => {
      this.type(type, this.types[i]!);
    });
    chunk.variants.forEach((_, i) => {
      this.variant(i);
    });
    this.names = objects ? this.list(Object.values(NAMES).map((text) => this.literal(text))) : 0;
    const messages = objects ? this.messageRows() : [];
    this.messageCount = messages.length;
    this.messages = this.list(messages.flatMap((m) => [m.number, m.category, m.text]));
    if (MESSAGE.size !== 12) throw new Error("MESSAGE is three words");
    this.end = this.at;
  }

  /** The bytes from `base` on. `fnRecord`: address of a function's record. */
  bytes(fnRecord: (fn: number) => number): Uint8Array {
    const bytes = new Uint8Array(this.end - this.base);
    for (const part of this.parts) bytes.set(part.bytes, part.at - this.base);
    const view = new DataView(bytes.buffer);
    for (const write of this.later) write(view, fnRecord);
    return bytes;
  }

  private reserve(size: number): number {
    const { at } = this;
    this.at = align8(at + size);
    return at;
  }
  private add(bytes: Uint8Array): number {
    const at = this.reserve(bytes.length);
    this.parts.push({ at, bytes });
    return at;
  }
  private literal(text: string): number {
    let at = this.literals.get(text);
    if (at === undefined) this.literals.set(text, (at = this.add(literal(encoder.encode(text)))));
    return at;
  }
  private list(words: readonly number[]): number {
    if (words.length === 0) return 0;
    return this.add(new Uint8Array(Uint32Array.from(words).buffer));
  }
  /** A record whose fields are written at the end. */
  private record(
    at: number,
    words: Readonly<Record<number, number>>,
    bytes: Readonly<Record<number, number>> = {},
  ): void {
    this.later.push((view) => {
      for (const [offset, value] of Object.entries(words)) view.setUint32(at - this.base + Number(offset), value, true);
      for (const [offset, value] of Object.entries(bytes)) view.setUint8(at - this.base + Number(offset), value);
    });
  }

  private object(o: StaticObject): number {
    switch (o.kind) {
      case "variant": {
        const at = this.reserve(SLOTS.size);
        const { index } = this.chunk.variants[o.variant]!;
        this.later.push((view) => view.setUint16(at - this.base + SLOTS.at.count, index, true));
        this.record(at, { [SLOTS.at.link]: this.variants[o.variant]! }, { [SLOTS.at.kind]: KIND.ENUM | KIND.STATIC });
        return at;
      }
      case "function": {
        const at = this.reserve(SLOTS.size);
        this.record(at, {}, { [SLOTS.at.kind]: KIND.CLOSURE | KIND.STATIC });
        this.later.push((view, fnRecord) => view.setUint32(at - this.base + SLOTS.at.link, fnRecord(o.fn), true));
        return at;
      }
      case "array":
        return this.array(o.element, o.bits);
    }
  }
  private array(element: number, bits: readonly bigint[]): number {
    const type = this.chunk.types[element]!;
    const size = ELEMENT_BYTES[type.what === "scalar" ? REP[type.rep] : REP.ref];
    const data = new Uint8Array(align8(size * bits.length));
    const view = new DataView(data.buffer);
    bits.forEach((value, i) => {
      if (size === 8) view.setBigUint64(8 * i, BigInt.asUintN(64, value), true);
      else if (size === 4) view.setUint32(4 * i, Number(BigInt.asUintN(32, value)), true);
      else view.setUint8(i, Number(BigInt.asUintN(8, value)));
    });
    const at = this.reserve(ARRAY.size);
    const fields = {
      [ARRAY.at.length]: bits.length,
      [ARRAY.at.capacity]: bits.length,
      [ARRAY.at.data]: this.add(data),
      [ARRAY.at.elements]: this.types[element]!,
    };
    this.record(at, fields, { [ARRAY.at.kind]: KIND.ARRAY | KIND.STATIC });
    return at;
  }

  private type(t: RunType, at: number): void {
    const what = {
      scalar: WHAT.SCALAR,
      string: WHAT.STRING,
      array: WHAT.ARRAY,
      struct: WHAT.STRUCT,
      enum: WHAT.ENUM,
      function: WHAT.FUNCTION,
      range: WHAT.RANGE,
      error: WHAT.ERROR,
      any: WHAT.ANY,
      unknown: WHAT.UNKNOWN,
    }[t.what];
    const rep = t.what === "scalar" ? REP[t.rep] : t.what === "any" ? REP.any : REP.ref;
    const words: Record<number, number> = {};
    const text = "text" in t ? t.text : t.what === "scalar" ? t.rep : t.what === "unknown" ? "" : t.what;
    words[TYPE.at.text] = this.literal(text);
    if (t.what === "array") words[TYPE.at.element] = t.element < 0 ? 0 : this.types[t.element]!;
    if (t.what === "struct" || t.what === "enum") {
      words[TYPE.at.name] = this.literal(t.name);
      const count = t.what === "struct" ? 1 : t.count;
      words[TYPE.at.variants] = count === 0 ? 0 : this.variants[t.variants]!;
      words[TYPE.at.variantCount] = count;
    }
    if (t.what === "enum") words[TYPE.at.declaration] = t.declaration;
    this.record(at, words, { [TYPE.at.what]: what, [TYPE.at.rep]: rep });
  }
  private variant(i: number): void {
    const v = this.chunk.variants[i]!;
    const entries = v.fields.flatMap((f) => [f.slot, this.types[f.type]!]);
    if (ENTRY.size !== 8) throw new Error("ENTRY is two words");
    this.record(this.variants[i]!, {
      [VARIANT.at.name]: v.name === "" ? 0 : this.literal(v.name),
      [VARIANT.at.type]: this.types[v.type]!,
      [VARIANT.at.slots]: v.fields.length,
      [VARIANT.at.refs]: v.refs,
      [VARIANT.at.count]: v.fields.length,
      [VARIANT.at.entries]: this.list(entries),
      [VARIANT.at.index]: v.index,
    });
  }

  /** All messages that a handler can meet, sorted by number. */
  private messageRows(): { number: number; category: number; text: number }[] {
    const rows = (Object.keys(TABLE) as (keyof typeof TABLE)[]).flatMap((code) => {
      const { messages } = rowOf(code);
      return (messages ?? []).flatMap(([text, category], i) =>
        category === null
          ? []
          : [{ number: errorNumber(`${code}.${i}`), category: this.literal(category), text: this.literal(text) }],
      );
    });
    return rows.sort((a, b) => a.number - b.number);
  }
}
