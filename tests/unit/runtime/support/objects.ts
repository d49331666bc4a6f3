/**
 * Objects in the memory of a runtime, without a program: types, variants, names and messages are laid out as the engine does it,
 * values are made by the runtime's own functions. Whatever is made here is kept alive in a bank of variables until `drop`.
 */
import type { RunType, VariantRow } from "../../../../compiler/bytecode/chunk.js";
import { Statics } from "../../../../compiler/bytecode/statics.js";
import { ANY_F64, ANY_TAG, ARRAY, BOX, KIND, REP, SLOTS, VARIANT } from "../../../../compiler/layout/objects.js";
import { VM, VM_BASE } from "../../../../compiler/layout/vm.js";
import { Machine, type MachineOptions } from "./machine.js";
import { literal, textAt } from "./strings.js";

/** A variant of an enum by the names of its entries' types. */
export interface Variants {
  readonly [name: string]: readonly string[];
}
/**
 * Types by name: `[T]` and scalars are known by themselves; structs have one list of types, enums some. `Opt[i32]` and `Opt[string]` are of
 * one declaration: what is before the bracket.
 */
export interface Declarations {
  readonly structs?: Readonly<Record<string, readonly string[]>>;
  readonly enums?: Readonly<Record<string, Variants>>;
}

const SCALARS = ["i32", "u32", "i64", "u64", "f64", "bool"] as const;
const PLAIN = ["string", "range", "error", "any", "unknown"] as const;
type Scalar = (typeof SCALARS)[number];
const isScalar = (name: string): name is Scalar => (SCALARS as readonly string[]).includes(name);

/** Variables that keep objects alive. */
const BANK = 20_000;

export class World {
  readonly m: Machine;
  private readonly statics: Statics;
  private readonly names: string[] = [];
  private readonly types: RunType[] = [];
  private readonly variants: VariantRow[] = [];
  private readonly variantNames: string[] = [];
  private readonly bank: number;
  private held = 0;

  constructor(declarations: Declarations = {}, options: MachineOptions & { readonly hostile?: boolean } = {}) {
    const { structs = {}, enums = {} } = declarations;
    for (const name of [...SCALARS, ...PLAIN, "[i32]", "[string]"]) this.typeNumber(name);
    const declare = (name: string, make: (variants: number) => RunType, list: Variants, prefix: string): void => {
      const type = this.names.push(name) - 1;
      this.types.push(make(this.variants.length));
      const rows = Object.entries(list);
      // Rows of one type lie together; what their entries need comes later.
      rows.forEach(([variant], index) => {
        this.variantNames.push(`${name}.${variant}`);
        this.variants.push({ name: prefix === "" ? "" : `${prefix}.${variant}`, type, index, refs: 0, fields: [] });
      });
    };
    const declarationNames: string[] = [];
    for (const [name, fields] of Object.entries(structs))
      declare(name, (variants) => ({ what: "struct", name, text: name, variants }), { "": fields }, "");
    for (const [name, list] of Object.entries(enums)) {
      const plain = name.split("[")[0]!;
      if (!declarationNames.includes(plain)) declarationNames.push(plain);
      const declaration = declarationNames.indexOf(plain);
      const count = Object.keys(list).length;
      declare(
        name,
        (variants) => ({ what: "enum", name: plain, text: name, variants, count, declaration }),
        list,
        plain,
      );
    }
    let at = 0;
    for (const list of [...Object.values(structs).map((f) => ({ "": f })), ...Object.values(enums)])
      for (const entries of Object.values(list)) this.variants[at] = this.laidOut(this.variants[at++]!, entries);

    this.m = new Machine([{ name: "main", code: [["RETURN_VOID"]] }], options);
    const { m } = this;
    const chunk = { ...m.chunk, types: this.types, variants: this.variants };
    const { end } = new Statics(chunk, 0);
    this.statics = new Statics(chunk, m.exports.alloc(end + 16));
    new Uint8Array(m.view.buffer).set(
      this.statics.bytes(() => m.fnRecord("main")),
      this.statics.base,
    );
    m.setVm("names", this.statics.names);
    m.setVm("messages", this.statics.messages);
    m.setVm("messageCount", this.statics.messageCount);
    this.bank = m.exports.alloc(8 * BANK);
    m.setVm("bankRefs", this.bank);
    m.setVm("bankRefCount", BANK);
    if (options.hostile) m.setVm("hostile", 1);
  }

  private typeNumber(name: string): number {
    const known = this.names.indexOf(name);
    if (known >= 0) return known;
    if (isScalar(name)) this.types.push({ what: "scalar", rep: name });
    else if ((PLAIN as readonly string[]).includes(name)) this.types.push({ what: name as (typeof PLAIN)[number] });
    else if (name.startsWith("fn")) this.types.push({ what: "function", text: name });
    else if (name.startsWith("[")) {
      const element = this.typeNumber(name.slice(1, -1));
      // An array of what is not known has no text either.
      this.types.push({ what: "array", element, text: name });
    } else throw new Error(`no type ${name}`);
    return this.names.push(name) - 1;
  }
  /** References first, then the rest, each in source order. */
  private laidOut(row: VariantRow, entries: readonly string[]): VariantRow {
    const refers = entries.map((e) => !isScalar(e));
    const refs = refers.filter(Boolean).length;
    let [ref, scalar] = [0, refs];
    const fields = entries.map((e, i) => ({ slot: refers[i] ? ref++ : scalar++, type: this.typeNumber(e) }));
    return { ...row, refs, fields };
  }

  type(name: string): number {
    const at = this.names.indexOf(name);
    if (at < 0) throw new Error(`no type ${name}`);
    return this.statics.types[at]!;
  }
  variant(name: string): number {
    return this.statics.variants[this.variantNames.indexOf(name)]!;
  }

  /** Calls a function of the runtime; what it made is kept alive. Throws when it fails. */
  call(name: string, ...args: (number | bigint)[]): number {
    return Number(this.bits(name, ...args));
  }
  bits(name: string, ...args: (number | bigint)[]): bigint {
    const result = this.m.exports[name]!(...args) as number | bigint | undefined;
    const { failure } = this;
    if (failure !== null) throw new Error(`${name}: ${failure}`);
    return typeof result === "bigint" ? BigInt.asUintN(64, result) : BigInt((result ?? 0) >>> 0);
  }
  float(name: string, ...args: (number | bigint)[]): number {
    const result = this.m.exports[name]!(...args) as number;
    const { failure } = this;
    if (failure !== null) throw new Error(`${name}: ${failure}`);
    return result;
  }
  /** How a call fails: `E0019 Expected i32, got string`, or null. */
  fails(name: string, ...args: (number | bigint)[]): string | null {
    this.m.exports[name]!(...args);
    return this.failure;
  }
  private get failure(): string | null {
    const number = this.m.vm("failed");
    if (number === 0) return null;
    this.m.setVm("failed", 0);
    if (number < 0) return "io";
    const text = this.m.vm("errorText") >>> 0;
    const message = number >>> 16;
    const code = `E${String(number & 0xffff).padStart(4, "0")}${message === 0 ? "" : `.${message}`}`;
    return text === 0 ? code : `${code} ${textAt(this.m, text)}`;
  }

  hold<T extends number | bigint>(bits: T): T {
    if (this.held === BANK) throw new Error("too many objects");
    this.m.view.setBigUint64(this.bank + 8 * this.held++, BigInt.asUintN(64, BigInt(bits)), true);
    return bits;
  }
  /** Forgets what was kept, all but the first ones. */
  drop(to = 0): void {
    new Uint8Array(this.m.view.buffer).fill(0, this.bank + 8 * to, this.bank + 8 * this.held);
    this.held = to;
  }
  get count(): number {
    return this.held;
  }

  // Values as `any`, and what can be made of these.
  string(text: string): number {
    return literal(this.m, text);
  }
  /** A string on the heap, made of two parts. */
  joined(a: string, b: string): number {
    return this.hold(this.m.exports.stringConcat!(literal(this.m, a), literal(this.m, b)) as number);
  }
  any(type: string, value: number | bigint | boolean): bigint {
    switch (type) {
      case "f64":
        return this.bits("wrapF64", value as number);
      case "i64":
      case "u64":
        return this.hold(this.bits(type === "i64" ? "wrapI64" : "wrapU64", BigInt(value)));
      case "bool":
        return this.bits("wrapBool", value ? 1 : 0);
      case "i32":
        return this.bits("wrapI32", Number(value));
      case "u32":
        return this.bits("wrapU32", Number(value));
      default:
        return BigInt.asUintN(64, BigInt(value));
    }
  }
  /** A register: what `push` and slots take. */
  raw(type: string, value: number | bigint | boolean): bigint {
    if (type !== "f64") return BigInt.asUintN(64, BigInt(value));
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, Number(value));
    return view.getBigUint64(0);
  }
  array(element: string, values: readonly (number | bigint | boolean)[]): number {
    const array = this.hold(this.call("newArray", 0, this.type(element)));
    for (const value of values) this.call("pushBits", array, this.raw(element, value));
    return array;
  }
  /** A struct (`Point`) or enum value (`Shape.Dot`), of raw registers in source order. */
  record(name: string, ...values: bigint[]): number {
    const variant = this.variant(name.includes(".") ? name : `${name}.`);
    const at = this.hold(this.call("newRecord", variant));
    const row = this.variants[this.statics.variants.indexOf(variant)]!;
    row.fields.forEach(({ slot }, i) => {
      this.m.view.setBigUint64(at + SLOTS.size + 8 * slot, values[i]!, true);
    });
    return at;
  }

  /** What `print` writes. */
  shown(bits: bigint): string {
    const before = this.m.out.length;
    const failed = this.fails("printAny", bits);
    return failed ?? Buffer.from(this.m.out.slice(before), "latin1").toString();
  }
  text(s: number): string {
    return textAt(this.m, s);
  }
  field(object: number, offset: number): number {
    return this.m.view.getUint32(object + offset, true);
  }
  length(array: number): number {
    return this.field(array, ARRAY.at.length);
  }
  /** The elements of an array as raw registers. */
  elements(array: number, element: string): (number | bigint)[] {
    const data = this.field(array, ARRAY.at.data);
    return Array.from({ length: this.length(array) }, (_, i) => {
      const { view } = this.m;
      switch (element) {
        case "i32":
          return view.getInt32(data + 4 * i, true);
        case "i64":
          return view.getBigInt64(data + 8 * i, true);
        case "f64":
          return view.getFloat64(data + 8 * i, true);
        case "u64":
        case "any":
          return view.getBigUint64(data + 8 * i, true);
        case "bool":
          return view.getUint8(data + i);
        default:
          return view.getUint32(data + 4 * i, true);
      }
    });
  }
  vmBits(field: "errorValue0" | "errorValue1"): bigint {
    return this.m.view.getBigInt64(VM_BASE + VM.at[field], true);
  }
}

export { ANY_F64, ANY_TAG, ARRAY, BOX, KIND, REP, SLOTS, VARIANT };
