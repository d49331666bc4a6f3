/**
 * The binary form of a chunk (`.orusc` files): header, then the tables in order, numbers as LEB128.
 *
 *   0        4          8           12         16
 *   ┌────────┬──────────┬───────────┬──────────┬───────────────────────────────────────────────────┐
 *   │ magic  │ version  │ table     │ checksum │ files constants globals functions loops spans ... │
 *   └────────┴──────────┴───────────┴──────────┴───────────────────────────────────────────────────┘
 *
 * `table` is a hash of the instruction set: a file from a build with other ops is refused like one with another version.
 * `checksum` is a CRC-32 of all that follows it. Reading never throws; what was read is verified before it is answered.
 */
import { mayRefer, type Rep } from "../analysis/types.js";
import { ByteReader, ByteWriter, Damaged } from "./bytes.js";
import type {
  Chunk,
  Constant,
  HandlerRow,
  LoopRow,
  Proto,
  RunType,
  Signature,
  SpanOperand,
  SpanRow,
  StaticObject,
  VariantRow,
} from "./chunk.js";
import { ALL_OPS } from "./ops.js";
import { verify } from "./verify.js";

/** "orus" in memory order. */
const MAGIC = 0x7375726f;
const VERSION = 2;
const HEADER = 16;
const REPS: readonly Rep[] = ["i32", "u32", "i64", "u64", "f64", "bool", "ref", "any"];

/** Kinds of constants that are references. */
const TEXT = 0;
const OBJECTS: readonly (StaticObject["kind"] | null)[] = [null, "variant", "function", "array"];
const WHATS: readonly RunType["what"][] = [
  "scalar",
  "string",
  "range",
  "error",
  "any",
  "unknown",
  "array",
  "function",
  "struct",
  "enum",
];

/** Byte that says that there is none: of a result, a text, a name. */
const NONE = 0xff;

let tableHash: number | null = null;
/** Hash of the instruction set. */
function table(): number {
  tableHash ??= crc32(new TextEncoder().encode(ALL_OPS.map((op) => `${op.name} ${op.operands}\n`).join("")), 0);
  return tableHash;
}

/** The chunk's binary form. `strip`: without the text of the source files. */
export function serialise(chunk: Chunk, options: { readonly strip?: boolean } = {}): Uint8Array {
  const w = new ByteWriter();
  for (const word of [MAGIC, VERSION, table(), 0]) w.u32(word);
  w.list(chunk.files, (f) => {
    w.text(f.path);
    w.optional(options.strip ? null : f.text, (text) => w.text(text));
  });
  w.list(chunk.constants, (c) => writeConstant(w, c));
  w.list(chunk.globals, (g) => {
    w.text(g.name);
    w.byte(REPS.indexOf(g.type));
  });
  w.list(chunk.functions, (f) => writeProto(w, f));
  w.list(chunk.types, (t) => writeType(w, t));
  w.list(chunk.variants, (v) => {
    w.text(v.name);
    for (const n of [v.type, v.index, v.refs]) w.uint(n);
    w.list(v.fields, (f) => {
      w.uint(f.slot);
      w.uint(f.type);
    });
  });
  w.list(chunk.signatures, (s) => {
    w.list(s.params, (p) => w.byte(REPS.indexOf(p)));
    w.byte(s.result === null ? NONE : REPS.indexOf(s.result));
  });
  w.list(chunk.loops, (l) => {
    for (const n of [l.fn, l.pc, l.end, l.parent + 1, l.offset]) w.uint(n);
  });
  w.list(chunk.handlers, (h) => {
    for (const n of [h.fn, h.start, h.end, h.target]) w.uint(n);
  });
  w.list(chunk.spans, (row) => {
    for (const n of [row.pc, row.start, row.end - row.start]) w.uint(n);
    w.list(row.operands, (o) => {
      w.uint(o.start);
      w.uint(o.end - o.start);
      w.byte(REPS.indexOf(o.type));
      w.optional(o.name, (name) => w.text(name));
    });
  });
  w.list(chunk.lines, (row) => {
    w.uint(row.pc);
    w.uint(row.line);
  });
  w.uint(chunk.code.length);
  for (const word of chunk.code) w.u32(word);
  const bytes = w.bytes();
  new DataView(bytes.buffer).setUint32(12, crc32(bytes, HEADER), true);
  return bytes;
}

function writeConstant(w: ByteWriter, c: Constant): void {
  w.byte(REPS.indexOf(c.type));
  switch (c.type) {
    case "ref":
      if ("text" in c) {
        w.byte(TEXT);
        w.text(c.text);
      } else writeObject(w, c.object);
      return;
    case "f64":
      w.f64(c.value);
      return;
    case "i64":
    case "u64":
      w.u64(c.value);
      return;
    default:
      w.u32(c.value >>> 0);
  }
}
function writeObject(w: ByteWriter, o: StaticObject): void {
  w.byte(OBJECTS.indexOf(o.kind));
  switch (o.kind) {
    case "variant":
      w.uint(o.variant);
      return;
    case "function":
      w.uint(o.fn);
      return;
    case "array":
      w.uint(o.element);
      w.list(o.bits, (bits) => w.u64(BigInt.asUintN(64, bits)));
  }
}
function readObject(r: ByteReader, kind: number): StaticObject {
  switch (OBJECTS[kind]) {
    case "variant":
      return { kind: "variant", variant: r.uint() };
    case "function":
      return { kind: "function", fn: r.uint() };
    case "array":
      return { kind: "array", element: r.uint(), bits: r.list(() => r.u64()) };
    default:
      return r.fail("an object");
  }
}

function writeType(w: ByteWriter, t: RunType): void {
  w.byte(WHATS.indexOf(t.what));
  if ("rep" in t) w.byte(REPS.indexOf(t.rep));
  if ("text" in t) w.text(t.text);
  if ("element" in t) w.uint(t.element + 1);
  if ("name" in t) {
    w.text(t.name);
    w.uint(t.variants);
  }
  if (t.what === "enum") {
    w.uint(t.count);
    w.uint(t.declaration);
  }
}
function readType(r: ByteReader): RunType {
  const what = WHATS[r.byte()] ?? r.fail("a type");
  switch (what) {
    case "scalar": {
      const rep = REPS[r.byte()];
      if (rep === undefined || mayRefer(rep)) return r.fail("a type");
      return { what, rep: rep as Exclude<Rep, "ref" | "any"> };
    }
    case "array": {
      const text = r.text();
      return { what, text, element: r.uint() - 1 };
    }
    case "function":
      return { what, text: r.text() };
    case "struct":
    case "enum": {
      const [text, name, variants] = [r.text(), r.text(), r.uint()];
      if (what === "struct") return { what, name, text, variants };
      return { what, name, text, variants, count: r.uint(), declaration: r.uint() };
    }
    default:
      return { what };
  }
}

function writeProto(w: ByteWriter, f: Proto): void {
  w.text(f.name);
  w.uint(f.file);
  w.uint(f.offset);
  w.list(f.params, (p) => w.byte(REPS.indexOf(p)));
  w.byte(f.result === null ? NONE : REPS.indexOf(f.result));
  const { codeStart, codeEnd, window, refParams, otherRefs } = f;
  for (const n of [codeStart, codeEnd, window, refParams, otherRefs, otherRefsStart(f), (f.type ?? -1) + 1]) w.uint(n);
}
const otherRefsStart = (f: Proto): number => f.otherRefsStart ?? f.params.length;

/** Whether the bytes begin like a chunk's binary form. */
export const isSerialised = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === MAGIC;

/** Reads a binary form and verifies it. `failed`: why it cannot be run, in words for the user. */
export function deserialise(bytes: Uint8Array): { readonly chunk: Chunk } | { readonly failed: string } {
  if (!isSerialised(bytes)) return { failed: "this is no Orus bytecode" };
  if (bytes.length < HEADER) return { failed: "the file is cut off" };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint32(4, true);
  if (version !== VERSION || view.getUint32(8, true) !== table()) {
    return { failed: "this bytecode was made by another version of Orus; build it again" };
  }
  if (view.getUint32(12, true) !== crc32(bytes, HEADER)) return { failed: "the file is damaged (wrong checksum)" };
  try {
    const chunk = readChunk(new ByteReader(bytes, HEADER));
    const wrong = verify(chunk);
    return wrong === null ? { chunk } : { failed: `the bytecode is not sound: ${wrong}` };
  } catch (e) {
    if (e instanceof Damaged) return { failed: `the file is damaged (${e.message})` };
    throw e;
  }
}

function readChunk(r: ByteReader): Chunk {
  const rep = (): Rep => REPS[r.byte()] ?? r.fail("a type");
  const files = r.list(() => ({ path: r.text(), text: r.optional(() => r.text()) }));
  const constants = r.list(() => readConstant(r, rep()));
  const globals = r.list(() => ({ name: r.text(), type: rep() }));
  const functions = r.list((): Proto => {
    const [name, file, offset] = [r.text(), r.uint(), r.uint()];
    const params = r.list(rep);
    const tag = r.byte();
    const result = tag === NONE ? null : (REPS[tag] ?? r.fail("a type"));
    const [codeStart, codeEnd, window, refParams, otherRefs, start, type] = [0, 0, 0, 0, 0, 0, 0].map(() =>
      r.uint(),
    ) as Seven;
    return {
      name,
      file,
      offset,
      params,
      result,
      codeStart,
      codeEnd,
      window,
      refParams,
      otherRefs,
      otherRefsStart: start,
      ...(type > 0 ? { type: type - 1 } : {}),
    };
  });
  const types = r.list(() => readType(r));
  const variants = r.list((): VariantRow => {
    const [name, type, index, refs] = [r.text(), r.uint(), r.uint(), r.uint()];
    return { name, type, index, refs, fields: r.list(() => ({ slot: r.uint(), type: r.uint() })) };
  });
  const result = (): Rep | null => {
    const tag = r.byte();
    return tag === NONE ? null : (REPS[tag] ?? r.fail("a type"));
  };
  const signatures = r.list((): Signature => ({ params: r.list(rep), result: result() }));
  const loops = r.list((): LoopRow => {
    const [fn, pc, end, parent, offset] = [r.uint(), r.uint(), r.uint(), r.uint() - 1, r.uint()];
    return { fn, pc, end, parent, offset };
  });
  const handlers = r.list((): HandlerRow => {
    const [fn, start, end, target] = [r.uint(), r.uint(), r.uint(), r.uint()];
    return { fn, start, end, target };
  });
  const spans = r.list((): SpanRow => {
    const [pc, start, length] = [r.uint(), r.uint(), r.uint()];
    const operands = r.list((): SpanOperand => {
      const [from, size, type] = [r.uint(), r.uint(), rep()];
      return { start: from, end: from + size, type, name: r.optional(() => r.text()) };
    });
    return { pc, start, end: start + length, operands };
  });
  const lines = r.list(() => ({ pc: r.uint(), line: r.uint() }));
  const code = new Uint32Array(r.count(4));
  for (let i = 0; i < code.length; i++) code[i] = r.u32();
  r.end();
  return { files, functions, code, constants, globals, types, variants, signatures, loops, handlers, spans, lines };
}
type Seven = [number, number, number, number, number, number, number];

function readConstant(r: ByteReader, type: Rep): Constant {
  switch (type) {
    case "ref": {
      const kind = r.byte();
      return kind === TEXT ? { type, text: r.text() } : { type, object: readObject(r, kind) };
    }
    case "f64":
      return { type, value: r.f64() };
    case "i64":
      return { type, value: BigInt.asIntN(64, r.u64()) };
    case "u64":
      return { type, value: r.u64() };
    case "i32":
      return { type, value: r.u32() | 0 };
    case "any":
      return r.fail("a constant");
    default:
      return { type, value: r.u32() };
  }
}

let crcTable: Uint32Array | null = null;
/** CRC-32 (IEEE 802.3) of the bytes from `start` on. */
export function crc32(bytes: Uint8Array, start: number): number {
  if (!crcTable) {
    crcTable = new Uint32Array(256);
    for (let n = 0; n < 256; n++) {
      let c = n;
      for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
      crcTable[n] = c >>> 0;
    }
  }
  let crc = 0xffffffff;
  for (let i = start; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
