/**
 * First pass, names in expressions: what every name means. The base of the walk over statements in resolve.ts; keeps
 * the table of scopes, and collects who mentions whom.
 *
 * Expressions are walked with a stack of their own, so long chains of operators are no danger; blocks in expressions
 * recurse, their nesting is limited by the parser.
 */

import { Branches, type BranchVariable } from "../analysis/branches.js";
import { childrenOf } from "../analysis/children.js";
import { immutable, immutableBranches } from "../analysis/name-messages.js";
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import type { Sink } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type {
  BindStmt,
  BindTarget,
  Block,
  CallExpr,
  CompoundStmt,
  DestructureStmt,
  Expr,
  FnExpr,
  FnStmt,
  ForStmt,
  Loop,
  MatchArm,
  MatchExpr,
  MatchStmt,
  Module,
  Name,
  NameExpr,
  TypeNode,
} from "../syntax/ast.js";
import { bare } from "./bare.js";
import { type Binding, Scopes } from "./scopes.js";
import type { EnumSymbol, Exports, Known, NamespaceSymbol, StructSymbol } from "./symbols.js";
import { BUILTINS, Unknowns } from "./unknown.js";

/**
 * Something that is checked as a whole: a function body, or a statement of module level that gives variables their
 * types. The lists say what its check needs to know; what nested functions need is in the lists of those around too.
 */
export interface Unit {
  readonly node: FnStmt | BindStmt | DestructureStmt | ForStmt;
  /** Of a function. */
  readonly fn: FnSymbol | null;
  readonly parent: Unit | null;
  readonly calls: Set<FnSymbol>;
  /** Variables of module level. */
  readonly uses: VarSymbol[];
  /** Names of methods that are called: of which struct, types say. */
  readonly methods: Set<string>;
  /** Variables that it gives a type: of a function none. */
  readonly defines: VarSymbol[];
}

export interface Resolution {
  readonly module: Module;
  /** Functions in source order, function expressions included. */
  readonly functions: FnSymbol[];
  readonly structs: StructSymbol[];
  readonly enums: EnumSymbol[];
  /** Types and modules by name, to be used after their declaration. */
  readonly types: Map<string, StructSymbol | EnumSymbol | NamespaceSymbol | null>;
  /** Variables of module level in order of declaration. */
  readonly variables: VarSymbol[];
  readonly units: Unit[];
  /** Mentions of functions, and of methods by name, by module-level code, in source order. */
  readonly calls: { readonly fn: FnSymbol | string; readonly at: number }[];
  /** For a variable of module level: where its declaration is complete, as an offset. */
  readonly complete: Map<VarSymbol, number>;
  /** Where module-level code may first end by `return`, as an offset; infinite: nowhere. */
  returns: number;
  /** Loops that some `break` leaves. */
  readonly broken: Set<Loop>;
  readonly branchVariables: BranchVariable[];
  readonly exports: Exports;
}

/** What belongs to one function body, or to the module's own code. */
export interface Frame {
  readonly fn: FnSymbol | null;
  readonly loops: Loop[];
  /** Loops around the function itself, for the message at a `break` that cannot reach them. */
  readonly outerLoops: boolean;
  readonly unknown: Set<string>;
}

/** A node that means a variable of a function around it, or of the module. */
interface OuterUse {
  readonly node: { symbol?: Known | { readonly kind: "builtin" } };
  readonly fn: FnSymbol;
}

export abstract class Names {
  protected readonly scopes = new Scopes();
  protected readonly branches = new Branches();
  protected readonly unknowns: Unknowns;
  protected readonly out: Resolution;
  protected frame: Frame = { fn: null, loops: [], outerLoops: false, unknown: new Set() };
  /** The unit whose needs are being collected; null in module-level code that defines nothing. */
  protected unit: Unit | null = null;
  /** Variables declared by `a = b = e`: there `mut` cannot be added. */
  protected readonly chained = new Set<VarSymbol>();
  /** Plain targets of the declaration whose value is being walked: they are not visible in it. */
  protected initialising: readonly Name[] = [];
  /** The default of a field is being walked. */
  protected inDefault = false;
  protected readonly outer: OuterUse[] = [];
  /** See variantsOf; made when a pattern first asks. Enums and modules are declared for the whole file. */
  private variants: Map<string, string> | null = null;
  /** Which nested functions a function mentions. */
  protected readonly mentions = new Map<FnSymbol, Set<FnSymbol>>();

  constructor(
    protected readonly module: Module,
    protected readonly sink: Sink,
  ) {
    this.unknowns = new Unknowns(this.scopes, sink);
    this.out = {
      module,
      functions: [],
      structs: [],
      enums: [],
      types: new Map(),
      variables: [],
      units: [],
      calls: [],
      complete: new Map(),
      returns: Number.POSITIVE_INFINITY,
      broken: new Set(),
      branchVariables: [],
      exports: { module: module.name, names: new Map(), hidden: new Map() },
    };
  }

  protected abstract block(block: Block): void;
  protected abstract fnBody(symbol: FnSymbol): void;
  protected abstract fnExpr(e: FnExpr): FnSymbol;
  protected abstract newVar(name: Name, role: VarSymbol["role"], mutable: boolean): VarSymbol;
  protected abstract declare(symbol: VarSymbol, complete: number): void;

  /** Names of constants in written types. */
  protected lengths(type: TypeNode | null): void {
    if (type === null) return;
    if (type.kind === "array") {
      if (type.length?.kind === "name") this.value(type.length);
      this.lengths(type.element);
    } else if (type.kind === "fn") {
      for (const p of type.params) this.lengths(p);
      this.lengths(type.result);
    } else for (const arg of type.args) this.lengths(arg);
  }

  // --- expressions ---

  protected expr(top: Expr): void {
    const stack: Expr[] = [top];
    for (let e = stack.pop(); e; e = stack.pop()) {
      switch (e.kind) {
        case "name":
          this.value(e);
          break;
        case "call":
          this.call(e, stack);
          break;
        case "member": {
          for (let u = this.unit; u; u = u.parent) u.methods.add(e.name.text);
          if (!this.frame.fn) this.out.calls.push({ fn: e.name.text, at: e.span.start });
          const object = bare(e.object);
          if (object.kind === "name") this.base(object);
          else stack.push(e.object);
          break;
        }
        case "binary":
          if (e.op === "matches") this.wildcards(e.right, stack);
          else stack.push(e.right);
          stack.push(e.left);
          break;
        case "struct":
          if (e.path.length > 1) this.used(this.scopes.lookup(e.path[0]!.text)?.symbol);
          childrenOf(e, stack);
          break;
        case "cast":
          this.lengths(e.target);
          stack.push(e.operand);
          break;
        case "fn": {
          const fn = this.fnExpr(e);
          // A function expression may be called where it stands.
          if (!this.frame.fn) this.out.calls.push({ fn, at: e.span.start });
          this.fnBody(fn);
          break;
        }
        case "match":
          this.matching(e);
          break;
        case "block":
          this.scopes.enter("block", e.body);
          this.block(e.body);
          this.scopes.leave();
          break;
        default:
          childrenOf(e, stack);
      }
    }
  }

  private call(e: CallExpr, stack: Expr[]): void {
    for (let i = e.args.length - 1; i >= 0; i--) stack.push(e.args[i]!);
    const callee = bare(e.callee);
    if (callee.kind === "name") {
      const symbol = this.lookup(callee, "callee");
      if (symbol === "builtin") e.builtin = callee.name;
      else if (symbol) {
        callee.symbol = symbol;
        if (symbol.kind === "fn") e.fn = symbol;
        this.used(symbol, callee);
      }
      return;
    }
    stack.push(e.callee);
  }

  /** `_` in the arguments of a variant on the right of `matches` is no name (types 12.3). */
  private wildcards(right: Expr, stack: Expr[]): void {
    const call = bare(right);
    if (call.kind !== "call" || bare(call.callee).kind !== "member") {
      stack.push(right);
      return;
    }
    for (let i = call.args.length - 1; i >= 0; i--) {
      const arg = call.args[i]!;
      if (arg.kind !== "name" || arg.name !== "_") stack.push(arg);
    }
    stack.push(call.callee);
  }

  /** A name as a value. */
  private value(e: NameExpr): void {
    const symbol = this.lookup(e, "value");
    if (symbol === null) return;
    if (symbol === "builtin") {
      e.symbol = { kind: "builtin", name: e.name };
      return;
    }
    if (symbol.kind === "struct" || symbol.kind === "enum" || symbol.kind === "module") {
      const what = symbol.kind === "module" ? "a module" : "a type";
      this.sink.report({ code: "E1010", span: e.span, label: `\`${e.name}\` is ${what}, not a value` });
      return;
    }
    e.symbol = symbol;
    this.used(symbol, e);
  }

  /** A name before a dot, which may also be a type or a module. */
  private base(e: NameExpr): void {
    const symbol = this.lookup(e, "base");
    if (symbol === null) return;
    e.symbol = symbol === "builtin" ? { kind: "builtin", name: e.name } : symbol;
    if (symbol !== "builtin") this.used(symbol, e);
  }

  /** What the name means; reports and answers null if nothing. */
  protected lookup(e: NameExpr, use: "value" | "callee" | "base"): Known | "builtin" | null {
    const binding = this.scopes.lookup(e.name);
    if (binding) return binding.symbol;
    const family = this.branches.family(e.name, this.scopes.current);
    if (family) return this.branches.outlive(family, this.scopes.current);
    if (BUILTINS.has(e.name)) return "builtin";
    if (e.name === "Result" && use === "base") {
      const predeclared = this.predeclared();
      if (predeclared) return predeclared;
    }
    this.unknown(e.name, e.span, use);
    return null;
  }

  /** The enum `Result` of the language. */
  protected abstract predeclared(): EnumSymbol | null;

  /** Notes that the code here needs what the name stands for. */
  protected used(symbol: Known | undefined, at?: OuterUse["node"] & { readonly span: Span }): void {
    if (!symbol) return;
    const { fn } = this.frame;
    if (symbol.kind === "fn") {
      for (let u = this.unit; u; u = u.parent) u.calls.add(symbol);
      if (!fn && at) this.out.calls.push({ fn: symbol, at: at.span.start });
      if (fn && symbol.owner) {
        const known = this.mentions.get(fn);
        if (known) known.add(symbol);
        else this.mentions.set(fn, new Set([symbol]));
      }
      if (at && at.span.start < symbol.decl.start && at.span.file === symbol.decl.file) symbol.early ??= at.span.start;
    } else if (symbol.kind === "var") {
      if (at) this.branches.mention(symbol, at as { symbol?: VarSymbol });
      if (symbol.owner !== fn && at && fn) this.outer.push({ node: at, fn });
      this.shared(symbol);
    }
  }

  /** A use of a variable, which may be one of module level. */
  private shared(symbol: VarSymbol): void {
    if (symbol.owner !== null) return;
    for (let u = this.unit; u; u = u.parent) u.uses.push(symbol);
    // Other modules are code of their own; a default is evaluated wherever a literal leaves the field out.
    if (symbol.decl.file !== this.module.file) symbol.usedInFunctions = true;
    if (this.inDefault) symbol.usedInFunctions = symbol.mayBeReadEarly = true;
  }

  protected unknown(name: string, at: Span, use: "value" | "callee" | "target" | "base"): void {
    if (this.frame.unknown.has(name)) return;
    this.frame.unknown.add(name);
    const own = this.initialising.some((target) => target.text === name);
    this.unknowns.add({ name, span: at, use, scope: this.scopes.current, fn: this.frame.fn, ownInitialiser: own });
  }

  // --- assignments ---

  /** Whether the name may be given another value; reports if not. */
  protected assignable({ symbol, decl }: Binding, name: Name, code: "E1014" | "E1017"): boolean {
    if (symbol.kind === "missing") return false;
    if (symbol.kind === "var") {
      if (symbol.mutable) return true;
      this.sink.report(immutable(code, name, { ...symbol, decl }, !this.chained.has(symbol) && decl === symbol.decl));
    } else if (symbol.kind === "fn") this.sink.report(immutable(code, name, { ...symbol, decl }, true));
    else {
      const what = symbol.kind === "module" ? "a module" : "a type";
      this.sink.report({
        code,
        span: name.span,
        label: `\`${name.text}\` is ${what}`,
        labels: [{ span: decl, text: "declared here" }],
        help: ["use another name"],
      });
    }
    return false;
  }

  protected assigned(symbol: VarSymbol, at: BindTarget | CompoundStmt): void {
    at.symbol = symbol;
    symbol.assigned = true;
    this.branches.mention(symbol, at);
    const { fn } = this.frame;
    if (symbol.owner !== fn && fn) this.outer.push({ node: at, fn });
    this.shared(symbol);
  }

  /**
   * What an assignment to a name means that only branches declared. Each of its declarations must be in a loop, which
   * makes it mutable; reports if not.
   */
  protected outliving(name: Name, code: "E1014" | "E1017"): VarSymbol | null {
    const family = this.branches.family(name.text, this.scopes.current)!;
    const symbol = this.branches.outlive(family, this.scopes.current);
    if (symbol.owner !== this.frame.fn) this.branches.givenByFunction(symbol);
    symbol.assigned = true;
    if (family.mutable) return symbol;
    this.sink.report(immutableBranches(code, name, symbol));
    return null;
  }

  // --- match ---

  protected matching(e: MatchExpr | MatchStmt): void {
    this.expr(e.subject);
    let told = false;
    for (const arm of e.arms) {
      this.scopes.enter("match", arm.body);
      const p = bare(arm.pattern);
      const name = p.kind === "call" ? bare(p.callee) : p;
      const meant = name.kind === "name" ? this.variantMeant(name) : null;
      if (meant === null) this.pattern(arm);
      else {
        // Whoever writes one like this writes all like this: one message tells it.
        if (!told) this.withoutEnum(name.span, meant);
        told = true;
        if (p.kind === "call") this.bindings(arm, p);
      }
      this.block(arm.body);
      this.scopes.leave();
    }
  }

  /** The variant, as it has to be written, that a name which means nothing is the name of. */
  private variantMeant(e: NameExpr): string | null {
    if (e.name === "_" || this.scopes.lookup(e.name) || this.branches.family(e.name, this.scopes.current)) return null;
    this.variants ??= variantsOf([...this.scopes.visible()]);
    return this.variants.get(e.name) ?? null;
  }
  private withoutEnum(span: Span, meant: string): void {
    this.sink.report({
      code: "E1010",
      span,
      label: "a variant is written with its enum",
      help: [`write \`${meant}\``],
      fixes: [{ title: `write \`${meant}\``, edits: [{ span, text: meant }] }],
    });
  }

  /** A variant with names binds; any other expression is compared (types 12.1). */
  private pattern(arm: MatchArm): void {
    const p = bare(arm.pattern);
    if (p.kind === "name" && p.name === "_") return;
    if (p.kind !== "call" || bare(p.callee).kind !== "member" || !this.maybeVariant(bare(p.callee))) {
      this.expr(arm.pattern);
      return;
    }
    this.expr(p.callee);
    this.bindings(arm, p);
  }
  /** Declares the names in the parentheses of a pattern. */
  private bindings(arm: MatchArm, p: CallExpr): void {
    const seen = new Set<string>();
    arm.bindings = p.args.map((arg) => {
      if (arg.kind !== "name") {
        this.sink.report({
          code: "E2017",
          span: arg.span,
          label: "a pattern has names or `_` here",
          help: ["bind a name and compare it in the arm"],
        });
        this.expr(arg);
        return null;
      }
      if (arg.name === "_") return null;
      const name: Name = { text: arg.name, span: arg.span };
      const variable = this.newVar(name, "local", false);
      if (seen.has(arg.name))
        this.sink.report({ code: "E1011", span: arg.span, label: `\`${arg.name}\` is bound twice in this pattern` });
      seen.add(arg.name);
      this.declare(variable, arm.body.span.start);
      arg.symbol = variable;
      return variable;
    });
  }

  /** Whether `A.B` or `m.A.B` can be a variant: its base is an enum, or nothing that has methods. */
  private maybeVariant(e: Expr): boolean {
    if (e.kind !== "member") return false;
    const object = bare(e.object);
    if (object.kind === "name") {
      const known = this.scopes.lookup(object.name)?.symbol;
      if (!known) return !this.branches.family(object.name, this.scopes.current);
      return known.kind === "enum" || known.kind === "missing";
    }
    if (object.kind !== "member") return false;
    const base = bare(object.object);
    if (base.kind !== "name") return false;
    const known = this.scopes.lookup(base.name)?.symbol;
    if (known?.kind !== "module") return false;
    return known.exports === null || known.exports.names.get(object.name.text)?.kind === "enum";
  }
}

/** Variant names of enums that are visible, also through modules, with how they are written. The first enum that has one counts. */
function variantsOf(bindings: readonly Binding[]): Map<string, string> {
  const found = new Map<string, string>();
  const add = (symbol: Known, path: string): void => {
    if (symbol.kind === "enum")
      for (const { name } of symbol.variants) if (!found.has(name)) found.set(name, `${path}.${name}`);
  };
  for (const { name, symbol } of bindings) add(symbol, name);
  for (const { name, symbol } of bindings)
    if (symbol.kind === "module")
      for (const [inner, exported] of symbol.exports?.names ?? []) add(exported, `${name}.${inner}`);
  return found;
}
