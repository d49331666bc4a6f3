/**
 * Binaryen's expression builders by the names of WebAssembly instructions, and the few shapes that all of the back end
 * writes: constants, VM fields, window registers.
 */
import { FN, REG, VM, VM_BASE } from "../layout/vm.js";
import type { Binaryen, MemoryMap } from "../native.js";
import { kindOf, type Ty, type Value, wasmType } from "../ssa/index.js";
import type { LocalType } from "./locals.js";

export type Module = InstanceType<Binaryen["Module"]>;
export type Expr = number;
type Builder = (...operands: Expr[]) => Expr;

/** What Binaryen's type declarations lack. */
interface Loads {
  readonly Load: { setSigned(load: Expr, signed: boolean): void };
}

/** Instructions whose name differs in Binaryen's interface. */
const RENAMED: Readonly<Record<string, readonly [LocalType, string, string?]>> = {
  "i64.extend_i32_s": ["i64", "extend_s"],
  "i64.extend_i32_u": ["i64", "extend_u"],
  "i32.wrap_i64": ["i32", "wrap"],
  "i64.reinterpret_f64": ["i64", "reinterpret"],
  "f64.reinterpret_i64": ["f64", "reinterpret"],
  "f64.convert_i32_s": ["f64", "convert_s", "i32"],
  "f64.convert_i32_u": ["f64", "convert_u", "i32"],
  "f64.convert_i64_s": ["f64", "convert_s", "i64"],
  "f64.convert_i64_u": ["f64", "convert_u", "i64"],
  "i32.trunc_sat_f64_s": ["i32", "trunc_s_sat", "f64"],
  "i32.trunc_sat_f64_u": ["i32", "trunc_u_sat", "f64"],
  "i64.trunc_sat_f64_s": ["i64", "trunc_s_sat", "f64"],
  "i64.trunc_sat_f64_u": ["i64", "trunc_u_sat", "f64"],
};

export class Instructions {
  private readonly builders = new Map<string, Builder>();
  constructor(
    readonly b: Binaryen,
    readonly m: Module,
  ) {}

  /** An instruction without immediates. */
  op(name: string, ...operands: Expr[]): Expr {
    let builder = this.builders.get(name);
    if (!builder) {
      builder = this.find(name);
      this.builders.set(name, builder);
    }
    return builder(...operands);
  }
  private find(name: string): Builder {
    const [type, method, from] = RENAMED[name] ?? (name.split(".") as [LocalType, string]);
    const group = this.m[type] as unknown as Record<string, Builder | Record<string, Builder>>;
    const found = from === undefined ? group[method] : (group[method] as Record<string, Builder> | undefined)?.[from];
    if (typeof found !== "function") throw new Error(`no instruction ${name}`);
    return found;
  }

  type(t: LocalType): number {
    return this.b[t];
  }
  i32(x: number): Expr {
    return this.m.i32.const(x);
  }
  constant(t: LocalType, x: number | bigint): Expr {
    if (t === "i64") return this.m.i64.const(BigInt(x));
    return this.m[t].const(Number(x));
  }
  /** A `const.*` value; `map` has the addresses of what the chunk's tables have. */
  value(v: Value, map: MemoryMap): Expr {
    const index = v.aux as number;
    switch (kindOf(v)) {
      case "ref":
        return this.i32(map.strings[index]!);
      case "type":
        return this.i32(map.types[index]!);
      case "variant":
        return this.i32(map.variants[index]!);
      case "fn":
        return this.i32(map.fnBase + FN.size * index);
      default:
        return this.constant(wasmType(v.type!), v.aux as number | bigint);
    }
  }
  get(local: number, t: LocalType): Expr {
    return this.m.local.get(local, this.type(t));
  }

  /** A field of the VM block, which has a constant address. */
  loadVm(field: keyof typeof VM.at): Expr {
    return this.load("i32", this.i32(0), VM_BASE + VM.at[field]);
  }
  storeVm(field: keyof typeof VM.at, x: Expr): Expr {
    return this.m.i32.store(VM_BASE + VM.at[field], 4, this.i32(0), x);
  }
  load(t: LocalType, address: Expr, offset: number): Expr {
    const load = this.m[t].load(offset, t === "i32" ? 4 : 8, address);
    // Binaryen's interface calls each load a signed one, and its optimiser then makes `i64.extend_i32_u (i32.load)` an
    // `i64.load32_s`. What it reads from a file is unsigned, and right.
    if (t === "i32") (this.b as unknown as Loads).Load.setSigned(load, false);
    return load;
  }
  store(t: LocalType, address: Expr, offset: number, x: Expr): Expr {
    return this.m[t].store(offset, t === "i32" ? 4 : 8, address, x);
  }
  /** Stores a value where 8 bytes are its own and the collector may look: of a reference the high half is 0. */
  storeWhole(ty: Ty, address: Expr, offset: number, x: Expr): Expr {
    if (ty === "ref") return this.store("i64", address, offset, this.op("i64.extend_i32_u", x));
    return this.store(wasmType(ty), address, offset, x);
  }
  /** `base + bytes`, without an addition of nothing. */
  plus(base: Expr, bytes: number): Expr {
    return bytes === 0 ? base : this.m.i32.add(base, this.i32(bytes));
  }
}

/** Byte offset of a window slot. */
export const slotOffset = (slot: number): number => slot * REG;
