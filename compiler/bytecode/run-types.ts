/**
 * Types at run time: which representation a type has in an instance of a function, and the rows that the chunk has for
 * types, variants and signatures (chunk.ts).
 *
 * A polymorphic function is compiled once for each combination of representations, not of types: in an instance a type
 * parameter is an i32, a u32, ... or some reference. So a type inside of it may be known only as that.
 */
import { mayRefer, type Rep, type Type } from "../analysis/types.js";
import { payloadType } from "../infer/access.js";
import type { EnumSymbol, StructSymbol, VariantSymbol } from "../infer/symbols.js";
import { prune, show, structOf, type TypeParam } from "../infer/types.js";
import type { RunType, Signature, VariantRow } from "./chunk.js";

/** Keys of types beyond this are not told apart. */
const LONGEST = 2000;
const UNKNOWN: Type = { kind: "error" };

/** What type parameters stand for in an instance; `null`: nothing is given back. */
export type Env = ReadonlyMap<TypeParam, Rep | null>;
export const NO_ENV: Env = new Map();

/** Representation of a type in an instance; null: void. */
export function repIn(type: Type, env: Env): Rep | null {
  const t = prune(type);
  switch (t.kind) {
    case "prim":
      return t.name === "string" ? "ref" : t.name;
    case "void":
      return null;
    case "any":
      return "any";
    case "param": {
      const rep = env.get(t);
      // What nobody looks at may be anything.
      return rep === undefined ? "any" : rep;
    }
    case "error":
    case "var":
      throw new Error(`a type that is not known: ${t.kind}`);
    default:
      return "ref";
  }
}

/** A field or payload entry: where it lies and how. */
export interface SlotOf {
  readonly slot: number;
  readonly rep: Rep;
  /** Over the parameters of the enum; `env` of the object's instance applies. */
  readonly type: Type;
}
export interface VariantOf {
  /** Index of its row in the chunk. */
  readonly index: number;
  readonly fields: readonly SlotOf[];
}

/** The tables of types, variants and signatures of a chunk, filled as the lowering asks. */
export class RunTypes {
  readonly types: RunType[] = [];
  readonly variants: VariantRow[] = [];
  readonly signatures: Signature[] = [];
  private readonly typeAt = new Map<string, number>();
  private readonly signatureAt = new Map<string, number>();
  private readonly declarations = new Map<EnumSymbol | StructSymbol, number>();
  private readonly slotsOf = new Map<number, readonly SlotOf[]>();

  /** Index of a type's row. */
  type(type: Type, env: Env): number {
    const key = this.key(type, env);
    const known = this.typeAt.get(key);
    if (known !== undefined) return known;
    // Types that contain themselves as arguments of themselves have no end; nobody looks that deep.
    if (key.length > LONGEST) return this.type(UNKNOWN, env);
    const index = this.types.length;
    this.typeAt.set(key, index);
    // A type may contain itself: its place is taken before its parts are looked at.
    this.types.push({ what: "unknown" });
    this.types[index] = this.make(prune(type), env, index);
    return index;
  }

  /** What makes types the same at run time. */
  private key(type: Type, env: Env): string {
    const t = prune(type);
    switch (t.kind) {
      case "prim":
        return t.name;
      case "array":
        return `[${this.key(t.element, env)}]`;
      case "fn":
        return `fn(${t.params.map((p) => this.key(p, env)).join()})${prune(t.result).kind === "void" ? "" : this.key(t.result, env)}`;
      case "struct":
        return `s${this.declaration(t.decl)}`;
      case "enum":
        return `e${this.declaration(t.decl)}[${t.args.map((a) => this.key(a, env)).join()}]`;
      case "param": {
        const rep = repIn(t, env);
        return rep === "ref" ? "?" : (rep ?? "void");
      }
      default:
        return t.kind;
    }
  }
  private declaration(decl: EnumSymbol | StructSymbol): number {
    let n = this.declarations.get(decl);
    if (n === undefined) this.declarations.set(decl, (n = this.declarations.size + 1));
    return n;
  }

  private make(t: Type, env: Env, index: number): RunType {
    switch (t.kind) {
      case "prim":
        return t.name === "string" ? { what: "string" } : { what: "scalar", rep: t.name };
      case "array":
        return { what: "array", element: this.type(t.element, env), text: show(t) };
      case "fn":
        return { what: "function", text: show(t) };
      case "struct": {
        const variants = this.variants.length;
        this.row(
          "",
          index,
          0,
          t.decl.fields.map((f) => f.type),
          NO_ENV,
          variants,
        );
        return { what: "struct", name: t.decl.name, text: t.decl.name, variants };
      }
      case "enum": {
        const variants = this.variants.length;
        const { decl } = t;
        // All rows of an enum stand together: places first.
        for (const _ of decl.variants) this.variants.push({ name: "", type: index, index: 0, refs: 0, fields: [] });
        decl.variants.forEach((v, i) => {
          this.row(
            `${decl.name}.${v.name}`,
            index,
            i,
            v.payload.map((p) => payloadType(decl, t.args, p.type)),
            env,
            variants + i,
          );
        });
        return {
          what: "enum",
          name: decl.name,
          text: show(t),
          variants,
          count: decl.variants.length,
          declaration: this.declaration(decl),
        };
      }
      case "param": {
        const rep = repIn(t, env);
        if (rep === "any") return { what: "any" };
        return rep === null || rep === "ref" ? { what: "unknown" } : { what: "scalar", rep };
      }
      case "range":
        return { what: "range" };
      case "caught":
        return { what: "error" };
      case "any":
        return { what: "any" };
      default:
        return { what: "unknown" };
    }
  }

  private row(name: string, type: number, index: number, types: readonly Type[], env: Env, at: number): void {
    const reps = types.map((t) => repIn(t, env)!);
    const refs = reps.filter(mayRefer).length;
    let ref = 0;
    let scalar = refs;
    const fields = types.map((t, i): SlotOf => {
      const rep = reps[i]!;
      return { slot: mayRefer(rep) ? ref++ : scalar++, rep, type: t };
    });
    this.slotsOf.set(at, fields);
    // The place is taken: a field's type may lead back here.
    this.variants[at] = { name, type, index, refs, fields: [] };
    const rows = fields.map((f) => ({ slot: f.slot, type: this.type(f.type, env) }));
    this.variants[at] = { name, type, index, refs, fields: rows };
  }

  /** The only variant of a struct. */
  struct(decl: StructSymbol): VariantOf {
    return this.variantAt(this.type(structOf(decl), NO_ENV), 0);
  }
  /** A variant of an enum type. */
  variant(type: Type, variant: VariantSymbol, env: Env): VariantOf {
    return this.variantAt(this.type(type, env), variant.index);
  }
  private variantAt(type: number, i: number): VariantOf {
    const row = this.types[type] as { variants: number };
    const index = row.variants + i;
    return { index, fields: this.slotsOf.get(index)! };
  }

  signature(params: readonly Rep[], result: Rep | null): number {
    const key = `${params.join()}>${result}`;
    let index = this.signatureAt.get(key);
    if (index === undefined) {
      index = this.signatures.push({ params, result }) - 1;
      this.signatureAt.set(key, index);
    }
    return index;
  }
}
