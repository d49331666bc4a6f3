/**
 * Written types to types. A struct or enum must be declared above the place (types 1); left out arguments of a generic
 * enum are unknown (types 11), that is, variables.
 */
import { ERROR, type Type, VOID } from "../analysis/types.js";
import type { NamedType, TypeNode } from "../syntax/ast.js";
import type { Resolution } from "./names.js";
import type { EnumSymbol, Length } from "./symbols.js";
import { declaredBelow, isBelow, lookupType, PRIMITIVES, unknownType } from "./type-names.js";
import { arrayOf, enumOf, fnOf, structOf, type TypeParam } from "./types.js";
import type { Unifier } from "./unify.js";

export class TypeNodes {
  constructor(
    private readonly res: Resolution,
    private readonly predeclared: EnumSymbol,
    private readonly unifier: Unifier,
  ) {}

  /** The type that is written; ERROR, reported, if there is none. `generics`: parameters of the enum around. */
  of(node: TypeNode, generics: readonly TypeParam[] = []): Type {
    switch (node.kind) {
      case "array":
        this.length(node);
        return arrayOf(this.of(node.element, generics));
      case "fn":
        return fnOf(
          node.params.map((p) => this.of(p, generics)),
          node.result ? this.result(node.result, generics) : VOID,
        );
      case "named":
        return this.named(node, generics);
    }
  }

  /** The type after `->`, which may be `void`. */
  result(node: TypeNode, generics: readonly TypeParam[] = []): Type {
    if (node.kind === "named" && node.name === "void" && node.args.length === 0) return VOID;
    return this.of(node, generics);
  }

  /** The length in `[T, N]`; null if there is none, or it is not a constant, which is reported once. */
  length(node: TypeNode): Length | null {
    if (node.kind !== "array" || !node.length) return null;
    const e = node.length;
    const constant = e.kind === "name" && e.symbol?.kind === "var" ? e.symbol.constant : undefined;
    const count = e.kind === "int" ? e.value : (constant?.value ?? null);
    if (count !== null && count >= 0n) return { count, at: e.span };
    // An unknown name was reported.
    if (e.kind !== "error" && !(e.kind === "name" && e.symbol === undefined))
      this.unifier.sink.report({
        code: "E2021",
        span: e.span,
        label: "an array length is a literal or the name of a constant",
        ...(e.kind === "name" ? { help: [`declare it as a constant: \`${e.name.toUpperCase()} := ...\``] } : {}),
      });
    return null;
  }

  private named(node: NamedType, generics: readonly TypeParam[]): Type {
    const { sink } = this.unifier;
    const [first] = node.path;
    if (node.path.length === 1 && first) {
      const param = generics.find((p) => p.name === first.text);
      const primitive = param ?? PRIMITIVES.get(first.text);
      if (primitive) {
        this.arguments(node, generics, 0);
        return primitive;
      }
    }
    let found = lookupType(node.path, this.res.types, sink);
    if (found === null && first?.text === "Result" && node.path.length === 1) found = this.predeclared;
    if (found === "missing" || found === "reported") return ERROR;
    if (found === null) {
      unknownType(node.path[0]!, this.res.types, sink);
      return ERROR;
    }
    // Its own body may name it.
    if (isBelow(found, node.span)) {
      declaredBelow(node.path[0]!, found.decl, sink);
      return ERROR;
    }
    if (found.kind === "struct") {
      this.arguments(node, generics, 0);
      return structOf(found);
    }
    const args = this.arguments(node, generics, found.params.length);
    return enumOf(found, args ?? found.params.map(() => this.unifier.fresh()));
  }

  /** Type arguments as written; null if there are none, or the wrong number, which is reported. */
  private arguments(node: NamedType, generics: readonly TypeParam[], wanted: number): Type[] | null {
    if (node.args.length === 0) return wanted === 0 ? [] : null;
    const args = node.args.map((arg) => this.of(arg, generics));
    if (args.length === wanted) return args;
    this.unifier.sink.report({
      code: "E2030",
      span: node.span,
      label: `\`${node.name}\` takes ${wanted} type argument${wanted === 1 ? "" : "s"}, ${args.length} given`,
    });
    return null;
  }
}
