/**
 * Declarations of types: the symbols of structs, enums and methods. The types of their fields and payloads are looked up
 * later (type-nodes.ts), when every name is known; here only the names count.
 */
import type { FnSymbol } from "../analysis/symbols.js";
import { PENDING } from "../analysis/types.js";
import type { Sink } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type { EnumStmt, ImplStmt, Name, StructStmt } from "../syntax/ast.js";
import type { Resolution } from "./names.js";
import { taken } from "./outer.js";
import type { Scopes } from "./scopes.js";
import type { EnumSymbol, StructSymbol } from "./symbols.js";
import { declaredBelow, lookupType, unknownType } from "./type-names.js";
import type { TypeParam } from "./types.js";

export class Declarations {
  /** Where the types of the whole module are declared; made when a name that is none yet first asks. */
  private all: Map<string, Span> | null = null;

  constructor(
    private readonly out: Resolution,
    private readonly scopes: Scopes,
    private readonly sink: Sink,
  ) {}

  struct(s: StructStmt): void {
    const symbol: StructSymbol = {
      kind: "struct",
      name: s.name.text,
      decl: s.name.span,
      owner: null,
      node: s,
      fields: [],
      methods: new Map(),
    };
    const seen = new Map<string, Name>();
    for (const { name, value } of s.fields) {
      if (this.twice(seen, name, "field")) continue;
      const index = symbol.fields.length;
      symbol.fields.push({ name: name.text, decl: name.span, type: PENDING, value, index, length: null });
    }
    s.symbol = symbol;
    this.out.structs.push(symbol);
    this.declare(symbol, s.pub);
  }

  enum(s: EnumStmt): void {
    const params: TypeParam[] = [];
    const seenParams = new Map<string, Name>();
    for (const name of s.params) {
      if (!this.twice(seenParams, name, "type parameter"))
        params.push({ kind: "param", name: name.text, needs: [], valued: true });
    }
    const symbol: EnumSymbol = {
      kind: "enum",
      name: s.name.text,
      decl: s.name.span,
      owner: null,
      node: s,
      params,
      variants: [],
    };
    const seen = new Map<string, Name>();
    for (const { name } of s.variants) {
      if (this.twice(seen, name, "variant")) continue;
      symbol.variants.push({ name: name.text, decl: name.span, index: symbol.variants.length, payload: [] });
    }
    s.symbol = symbol;
    this.out.enums.push(symbol);
    this.declare(symbol, s.pub);
  }

  /** The struct that an `impl` is for; reports and answers null if there is none. */
  implemented(s: ImplStmt): StructSymbol | null {
    const { target } = s;
    const found = lookupType(target.path, this.out.types, this.sink);
    if (found === "missing" || found === "reported") return null;
    if (found === null) {
      const [name] = target.path;
      const below = target.path.length === 1 ? this.further(name!.text) : null;
      if (below) declaredBelow(name!, below, this.sink);
      else unknownType(name!, this.out.types, this.sink);
      return null;
    }
    if (found.kind === "struct") return found;
    this.sink.report({
      code: "E2003",
      span: target.span,
      label: `\`${target.name}\` is an enum; only a struct can have an \`impl\``,
      labels: [{ span: found.decl, text: "declared here" }],
    });
    return null;
  }

  /** Where a type of the module is declared that the walk has not come by yet. */
  private further(name: string): Span | null {
    this.all ??= new Map(
      this.out.module.body.statements
        .filter((s) => s.kind === "struct" || s.kind === "enum")
        .map((s) => [s.name.text, s.name.span]),
    );
    return this.all.get(name) ?? null;
  }

  method(struct: StructSymbol, symbol: FnSymbol): void {
    symbol.of = struct;
    if (symbol.params[0]?.name === "self") symbol.method = true;
    const known = struct.methods.get(symbol.name);
    if (known) this.sink.report(taken(symbol.name, symbol.decl, known.decl));
    else struct.methods.set(symbol.name, symbol);
  }

  private declare(symbol: StructSymbol | EnumSymbol, pub: boolean): void {
    const known = this.scopes.own(symbol.name);
    if (known) {
      this.sink.report(taken(symbol.name, symbol.decl, known.decl));
      return;
    }
    this.scopes.declare(symbol, null);
    this.out.types.set(symbol.name, symbol);
    const { names, hidden } = this.out.exports;
    (pub ? names : hidden).set(symbol.name, symbol);
  }

  private twice(seen: Map<string, Name>, name: Name, what: string): boolean {
    const first = seen.get(name.text);
    if (!first) {
      seen.set(name.text, name);
      return false;
    }
    this.sink.report({
      code: "E1011",
      span: name.span,
      label: `the ${what} \`${name.text}\` is already declared`,
      labels: [{ span: first.span, text: "first declared here" }],
      help: ["choose another name"],
    });
    return true;
  }
}
