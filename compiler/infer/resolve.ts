/**
 * First pass: what every name means, what every statement declares, and where every jump goes.
 *
 * Walks the module once in source order, makes the symbols, hoists functions within their block, binds what `use` brings,
 * and checks everything that needs no types: unknown and repeated names, assignment to immutable names, labels and jumps,
 * what is exported. At the end it knows which variables functions capture. Because names are settled first, the second
 * pass may check functions in any order, which inference needs. Cost: one visit per node.
 */

import { homeOf } from "../analysis/branches.js";
import { constantName, repeated, strayJump } from "../analysis/name-messages.js";
import type { FnSymbol, VarSymbol } from "../analysis/symbols.js";
import { PENDING } from "../analysis/types.js";
import type { Sink } from "../diagnostics/diagnostic.js";
import type {
  BindStmt,
  BindTarget,
  Block,
  CompoundStmt,
  DestructureStmt,
  FnExpr,
  FnStmt,
  ForEachStmt,
  ForStmt,
  IfStmt,
  ImplStmt,
  JumpStmt,
  Loop,
  Module,
  Name,
  Param,
  Pattern,
  Place,
  Stmt,
  StoreStmt,
  StructStmt,
  TryStmt,
  WhileStmt,
} from "../syntax/ast.js";
import { constantOf } from "./constants.js";
import { Declarations } from "./declare.js";
import { Names, type Resolution, type Unit } from "./names.js";
import { bindAll, closeCaptures, type Imports } from "./outer.js";
import type { EnumSymbol, Exported } from "./symbols.js";

/** What a module brings along: how to find others, and the predeclared enum. */
export interface Surroundings {
  readonly imports: Imports;
  readonly result: EnumSymbol;
}

export function resolve(module: Module, around: Surroundings, sink: Sink): Resolution {
  return new Resolver(module, around, sink).run();
}

class Resolver extends Names {
  private readonly types: Declarations;

  constructor(
    module: Module,
    private readonly around: Surroundings,
    sink: Sink,
  ) {
    super(module, sink);
    this.types = new Declarations(this.out, this.scopes, sink);
  }

  run(): Resolution {
    this.scopes.enter("module", this.module.body);
    this.block(this.module.body);
    this.scopes.leave();
    this.unknowns.report();
    this.branches.finish(this.out);
    closeCaptures(this.outer, this.mentions, new Set(this.out.branchVariables.map((v) => v.symbol)));
    this.out.functions.sort((a, b) => a.decl.start - b.decl.start);
    return this.out;
  }

  protected predeclared(): EnumSymbol {
    return this.around.result;
  }

  // --- statements ---

  protected block(block: Block): void {
    for (const s of block.statements) if (s.kind === "fn") this.hoist(s);
    for (const s of block.statements) this.statement(s);
  }

  private statement(s: Stmt): void {
    switch (s.kind) {
      case "bind":
        this.bind(s);
        return;
      case "destructure":
        this.destructure(s);
        return;
      case "store":
        this.store(s);
        return;
      case "compound":
        this.compound(s);
        return;
      case "expr":
        this.expr(s.expr);
        return;
      case "print":
        for (const arg of s.args) this.expr(arg);
        return;
      case "if":
        this.ifs(s);
        return;
      case "guarded":
        this.expr(s.expr);
        this.expr(s.cond);
        return;
      case "while":
        this.whiles(s);
        return;
      case "for":
        this.fors(s);
        return;
      case "foreach":
        this.foreach(s);
        return;
      case "match":
        this.matching(s);
        return;
      case "try":
        this.tries(s);
        return;
      case "break":
      case "continue":
        this.jump(s);
        return;
      case "return":
        if (s.value) this.expr(s.value);
        if (!this.frame.fn) this.out.returns = Math.min(this.out.returns, s.span.start);
        return;
      case "fn":
        this.fnBody(s.symbol!);
        return;
      case "struct":
        this.types.struct(s);
        this.fields(s);
        return;
      case "enum":
        this.types.enum(s);
        for (const { payload } of s.variants) for (const entry of payload) this.lengths(entry.type);
        return;
      case "impl":
        this.impl(s);
        return;
      case "use":
        bindAll(s, this.around.imports, this.scopes, this.out, this.sink);
        return;
      case "pass":
      case "error":
        return;
    }
  }

  private fields(s: StructStmt): void {
    this.inDefault = true;
    for (const field of s.fields) {
      this.lengths(field.type);
      if (field.value) this.expr(field.value);
    }
    this.inDefault = false;
  }

  // --- variables ---

  private bind(s: BindStmt): void {
    const outer = this.beginUnit(s);
    this.initialising = s.targets.map((target) => target.name);
    this.expr(s.value);
    this.initialising = [];
    this.lengths(s.annotation);
    // Right to left: in `a = b = e` the last target gets the value first.
    for (let i = s.targets.length - 1; i >= 0; i--) {
      const target = s.targets[i]!;
      if (s.mut || s.constant || s.annotation) this.declareVar(s, target);
      else this.plain(target, s.span.end, s.targets.length > 1);
      if (s.pub || this.scopes.current.is === "module") this.exportable(target, s.pub);
    }
    this.endUnit(outer);
  }

  /** Only module-level code is cut into units this fine: inside a function, uses follow declarations. */
  private beginUnit(node: BindStmt | DestructureStmt | ForStmt): Unit | null {
    const outer = this.unit;
    if (!this.frame.fn)
      this.unit = { node, fn: null, parent: outer, calls: new Set(), uses: [], methods: new Set(), defines: [] };
    return outer;
  }

  private endUnit(outer: Unit | null): void {
    if (this.frame.fn) return;
    if (this.unit!.defines.length > 0) this.out.units.push(this.unit!);
    this.unit = outer;
  }

  private exportable(target: BindTarget, pub: boolean): void {
    const { symbol, declares } = target;
    if (symbol && declares) this.exported(target.name.text, symbol, pub);
  }

  private exported(name: string, symbol: Exported, pub: boolean): void {
    const { names, hidden } = this.out.exports;
    if (pub) names.set(name, symbol);
    else if (!names.has(name)) hidden.set(name, symbol);
  }

  /** `mut x = e`, `x: T = e`, `X := e`: always a new variable of the innermost block. */
  private declareVar(s: BindStmt, target: BindTarget): void {
    const { name } = target;
    const known = this.scopes.own(name.text);
    if (known && name.text !== "_")
      this.sink.report(repeated(name.text, name.span, { ...known.symbol, decl: known.decl } as VarSymbol));
    if (s.constant && this.scopes.current.is === "module" && !/^[A-Z][A-Z0-9_]*$/.test(name.text))
      this.sink.report(constantName(name));
    target.symbol = this.newVar(name, s.constant ? "constant" : "local", s.mut);
    target.declares = true;
    if (!s.mut && (s.constant || s.annotation)) {
      const constant = constantOf(s.value, s.annotation);
      if (constant) target.symbol.constant = constant;
    }
    // A repeated declaration still becomes the meaning of the name: its later uses have the type that was written.
    this.declare(target.symbol, s.span.end);
  }

  /** `x = e`: declares, or assigns to what is visible (core 7). */
  private plain(target: BindTarget, complete: number, chain: boolean): void {
    const { name } = target;
    const known = name.text === "_" ? null : this.scopes.lookup(name.text);
    if (known) {
      if (!this.assignable(known, name, "E1014")) return;
      target.declares = false;
      this.assigned(known.symbol as VarSymbol, target);
      return;
    }
    // What a branch of this body declared may be declared again; what belongs to a body around it is assigned.
    const family = this.branches.family(name.text, this.scopes.current);
    if (family && family.home !== homeOf(this.scopes.current)) {
      const symbol = this.outliving(name, "E1014");
      target.declares = false;
      if (symbol) this.assigned(symbol, target);
      return;
    }
    target.symbol = this.newVar(name, "local", this.frame.loops.length > 0);
    target.declares = true;
    if (chain) this.chained.add(target.symbol);
    this.declare(target.symbol, complete);
    if (name.text !== "_") this.branches.declare(target.symbol, this.scopes.current, target);
  }

  private destructure(s: DestructureStmt): void {
    const outer = this.beginUnit(s);
    this.initialising = namesOf(s.pattern);
    this.expr(s.value);
    this.initialising = [];
    this.targets(s.pattern, s.span.end);
    this.endUnit(outer);
  }

  /** The targets of a pattern, from the left. */
  private targets(pattern: Pattern, complete: number): void {
    for (const target of pattern.targets) {
      if ("targets" in target) this.targets(target, complete);
      else if ("place" in target) this.expr(target.place);
      else if (target.name.text !== "_") {
        this.plain(target, complete, true);
        if (this.scopes.current.is === "module") this.exportable(target, false);
      }
    }
  }

  private store(s: StoreStmt): void {
    this.expr(s.value);
    for (let i = s.targets.length - 1; i >= 0; i--) {
      const target: BindTarget | Place = s.targets[i]!;
      if ("place" in target) this.expr(target.place);
      else this.plain(target, s.span.end, true);
    }
  }

  private compound(s: CompoundStmt): void {
    if (s.place) {
      this.expr(s.place);
      this.expr(s.value);
      return;
    }
    const known = this.scopes.lookup(s.target.text);
    const outlives = !known && this.branches.family(s.target.text, this.scopes.current) !== null;
    if (!known && !outlives) this.unknown(s.target.text, s.target.span, "target");
    this.expr(s.value);
    let symbol: VarSymbol | null = null;
    if (outlives) symbol = this.outliving(s.target, "E1017");
    else if (known && this.assignable(known, s.target, "E1017")) symbol = known.symbol as VarSymbol;
    if (symbol) this.assigned(symbol, s);
  }

  // --- branches and loops ---

  private ifs(s: IfStmt): void {
    for (const arm of s.arms) {
      this.expr(arm.cond);
      this.arm(arm.body, s);
    }
    if (s.otherwise) this.arm(s.otherwise, s);
    this.branches.closeIf(s);
  }

  private arm(body: Block, statement: IfStmt): void {
    this.scopes.enter("if", null, statement);
    this.block(body);
    this.scopes.leave();
  }

  private whiles(s: WhileStmt): void {
    this.expr(s.cond);
    this.loop(s, "while");
  }

  private loop(s: Loop, kind: "for" | "while"): void {
    this.frame.loops.push(s);
    this.scopes.enter(kind, kind === "for" ? s.body : null);
    this.block(s.body);
    this.scopes.leave();
    this.frame.loops.pop();
  }

  private fors(s: ForStmt): void {
    const outer = this.beginUnit(s);
    this.expr(s.start);
    this.expr(s.end);
    if (s.step) this.expr(s.step);
    this.scopes.enter("for", s.body);
    this.frame.loops.push(s);
    s.symbol = this.newVar(s.variable, "loop", true);
    this.frame.loops.pop();
    this.declare(s.symbol, s.body.span.start);
    this.endUnit(outer);
    // The body is a scope of its own, so that it may hide the loop variable.
    this.loop(s, "for");
    this.scopes.leave();
  }

  private foreach(s: ForEachStmt): void {
    this.expr(s.iterable);
    this.scopes.enter("for", s.body);
    this.frame.loops.push(s);
    const seen = new Set<string>();
    const declare = (pattern: Pattern): void => {
      for (const target of pattern.targets) {
        if ("targets" in target) declare(target);
        else if ("name" in target) this.loopVar(target, s.body.span.start, seen);
      }
    };
    if ("targets" in s.target) declare(s.target);
    else this.loopVar(s.target, s.body.span.start, seen);
    this.frame.loops.pop();
    this.loop(s, "for");
    this.scopes.leave();
  }

  private loopVar(target: BindTarget, complete: number, seen: Set<string>): void {
    const { name } = target;
    if (seen.has(name.text) && name.text !== "_")
      this.sink.report({ code: "E1011", span: name.span, label: `\`${name.text}\` stands here twice` });
    seen.add(name.text);
    target.symbol = this.newVar(name, "loop", true);
    target.declares = true;
    this.declare(target.symbol, complete);
  }

  private tries(s: TryStmt): void {
    this.scopes.enter("try", s.body);
    this.block(s.body);
    this.scopes.leave();
    this.scopes.enter("catch", s.handler);
    if (s.name) {
      s.symbol = this.newVar(s.name, "local", false);
      this.declare(s.symbol, s.handler.span.start);
    }
    this.block(s.handler);
    this.scopes.leave();
  }

  private jump(s: JumpStmt): void {
    const { loops, fn, outerLoops } = this.frame;
    if (loops.length === 0) {
      this.sink.report(strayJump(s, fn, outerLoops));
      return;
    }
    const { label } = s;
    s.target = label ? loops.findLast((loop) => loop.label?.text === label.text) : loops[loops.length - 1];
    if (s.target && s.kind === "break") this.out.broken.add(s.target);
    if (!s.target && label)
      this.unknowns.label(
        label,
        loops.flatMap((loop) => (loop.label ? [loop.label] : [])),
      );
  }

  // --- functions ---

  /** Declares a function before the statements of its block are walked. */
  private hoist(s: FnStmt): void {
    const known = this.scopes.own(s.name.text);
    if (known) this.sink.report(repeated(s.name.text, s.name.span, { ...known.symbol, decl: known.decl } as FnSymbol));
    s.symbol = this.newFn(s, s.name.text, s.name.span, s.params);
    if (known) return;
    this.scopes.declare(s.symbol, this.frame.fn);
    if (this.scopes.current.is === "module") this.exported(s.name.text, s.symbol, s.pub);
  }

  private newFn(node: FnStmt, name: string, decl: FnSymbol["decl"], params: readonly Param[]): FnSymbol {
    const symbol: FnSymbol = {
      kind: "fn",
      name,
      decl,
      node,
      params: [],
      owner: this.frame.fn,
      result: PENDING,
    };
    for (const p of params) {
      p.symbol = makeVar(p.name, "param", symbol, false);
      symbol.params.push(p.symbol);
    }
    this.out.functions.push(symbol);
    return symbol;
  }

  /** A function expression is a function without a name. */
  protected fnExpr(e: FnExpr): FnSymbol {
    const { params, result, body, keyword, span } = e;
    const name: Name = { text: "", span: keyword };
    const node: FnStmt = { kind: "fn", pub: false, name, params, result, body, keyword, span };
    e.symbol = this.newFn(node, "", keyword, params);
    node.symbol = e.symbol;
    return e.symbol;
  }

  protected fnBody(symbol: FnSymbol): void {
    const { frame, unit, initialising } = this;
    this.frame = {
      fn: symbol,
      loops: [],
      outerLoops: frame.loops.length > 0 || frame.outerLoops,
      unknown: new Set(),
    };
    const { node } = symbol;
    for (const p of node.params) this.lengths(p.annotation);
    this.lengths(node.result);
    this.unit = { node, fn: symbol, parent: unit, calls: new Set(), uses: [], methods: new Set(), defines: [] };
    this.out.units.push(this.unit);
    this.scopes.enter("function", node.body);
    for (const p of symbol.params) {
      const known = this.scopes.own(p.name);
      if (known && p.name !== "_") this.sink.report(repeated(p.name, p.decl, known.symbol as VarSymbol));
      this.scopes.declare(p, symbol);
    }
    this.block(node.body);
    this.scopes.leave();
    this.frame = frame;
    this.unit = unit;
    this.initialising = initialising;
  }

  private impl(s: ImplStmt): void {
    const struct = this.types.implemented(s);
    for (const m of s.methods) {
      const symbol = this.newFn(m, m.name.text, m.name.span, m.params);
      m.symbol = symbol;
      if (struct) this.types.method(struct, symbol);
      this.fnBody(symbol);
    }
  }

  protected newVar(name: Name, role: VarSymbol["role"], mutable: boolean): VarSymbol {
    const symbol = makeVar(name, role, this.frame.fn, mutable);
    if (!this.frame.fn && this.frame.loops.length > 0) symbol.perRound = true;
    return symbol;
  }

  protected declare(symbol: VarSymbol, complete: number): void {
    this.scopes.declare(symbol, this.frame.fn);
    symbol.complete = complete;
    if (symbol.owner) return;
    this.out.variables.push(symbol);
    this.out.complete.set(symbol, complete);
    this.unit?.defines.push(symbol);
  }
}

const namesOf = (pattern: Pattern): Name[] =>
  pattern.targets.flatMap((target) => ("targets" in target ? namesOf(target) : "name" in target ? [target.name] : []));

const makeVar = (name: Name, role: VarSymbol["role"], owner: FnSymbol | null, mutable: boolean): VarSymbol => ({
  kind: "var",
  name: name.text,
  decl: name.span,
  type: PENDING,
  role,
  owner,
  mutable,
  usedInFunctions: false,
  assigned: false,
  mayBeReadEarly: false,
  mayLackValue: false,
});
