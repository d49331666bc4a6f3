/**
 * First pass: what every name means, what every statement declares, and where every jump goes.
 *
 * Walks the module once in source order with the table of scopes.ts, makes the symbols, hoists functions within their
 * block, and checks everything that needs no types: unknown and repeated names, assignment to immutable names, labels
 * and jumps. Types that are written down (annotations, parameters, results) are put into the symbols here too; the
 * second pass (check-stmt.ts) infers the others. Because names are settled first, the second pass may check functions
 * in any order, which inferred results need.
 *
 * Cost: one visit per node. Expressions are walked with a stack of their own, so long chains of operators are no
 * danger; blocks recurse, their nesting is limited by the parser. Also collected: who calls and uses whom (`Unit`).
 */
import type { Sink } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type {
  BindStmt,
  Block,
  CallExpr,
  CompoundStmt,
  Expr,
  FnStmt,
  ForStmt,
  IfStmt,
  JumpStmt,
  Module,
  Name,
  NameExpr,
  Stmt,
  WhileStmt,
} from "../syntax/ast.js";
import { Branches, type BranchVariable, homeOf, inFunction } from "./branches.js";
import { BUILTINS } from "./builtins.js";
import { childrenOf } from "./children.js";
import { captured, constantName, immutable, immutableBranches, repeated, strayJump } from "./name-messages.js";
import { Scopes } from "./scopes.js";
import type { FnSymbol, VarSymbol } from "./symbols.js";
import { typeOfNode } from "./type-names.js";
import { ERROR, PENDING, type Type } from "./types.js";
import { Unknowns } from "./unknown.js";

/**
 * Something that is checked as a whole: a function body, or a statement of module level that gives variables their
 * types. `calls` and `uses` say what its check needs to know: functions, and variables of module level.
 */
export interface Unit {
  readonly node: FnStmt | BindStmt | ForStmt;
  readonly calls: FnSymbol[];
  readonly uses: VarSymbol[];
  /** Variables that it gives a type: of a function none. */
  readonly defines: VarSymbol[];
}

export interface Resolution {
  readonly module: Module;
  /** Functions in source order. */
  readonly functions: FnSymbol[];
  /** Variables of module level in order of declaration. */
  readonly variables: VarSymbol[];
  readonly units: Unit[];
  /** Calls made by module-level code, in source order. */
  readonly calls: { readonly fn: FnSymbol; readonly at: number }[];
  /** For a variable of module level: where its declaration is complete, as an offset. */
  readonly complete: Map<VarSymbol, number>;
  /** Loops that some `break` leaves. */
  readonly broken: Set<WhileStmt | ForStmt>;
  /** Variables that branches declare and that need a look at the ways to their reads. */
  readonly branchVariables: BranchVariable[];
}

/** What belongs to one function body, or to the module's own code. */
interface Frame {
  readonly fn: FnSymbol | null;
  readonly loops: (WhileStmt | ForStmt)[];
  /** Loops around the function itself, for the message at a `break` that cannot reach them. */
  readonly outerLoops: boolean;
  readonly unknown: Set<string>;
}

export function resolve(module: Module, sink: Sink): Resolution {
  return new Resolver(module, sink).run();
}

class Resolver {
  private readonly scopes = new Scopes();
  private readonly branches = new Branches();
  private readonly unknowns: Unknowns;
  private readonly out: Resolution;
  private frame: Frame = { fn: null, loops: [], outerLoops: false, unknown: new Set() };
  /** The unit whose needs are being collected; null in module-level code that defines nothing. */
  private unit: Unit | null = null;
  /** Variables declared by `a = b = e`: there `mut` cannot be added. */
  private readonly chained = new Set<VarSymbol>();
  /** Functions that something tried to assign to: their uses as values were meant for that variable. */
  private readonly mistaken = new Set<FnSymbol>();
  /** Plain targets of the declaration whose value is being walked: they are not visible in it. */
  private initialising: readonly { readonly name: Name }[] = [];

  constructor(
    private readonly module: Module,
    private readonly sink: Sink,
  ) {
    this.unknowns = new Unknowns(this.scopes, sink);
    this.out = {
      module,
      functions: [],
      variables: [],
      units: [],
      calls: [],
      complete: new Map(),
      broken: new Set(),
      branchVariables: [],
    };
  }

  run(): Resolution {
    this.scopes.enter("module", this.module.body);
    this.block(this.module.body);
    this.scopes.leave();
    this.unknowns.report();
    this.branches.finish(this.out);
    this.out.functions.sort((a, b) => a.decl.start - b.decl.start);
    return this.out;
  }

  // --- statements ---

  private block(block: Block): void {
    for (const s of block.statements) if (s.kind === "fn") this.hoist(s);
    for (const s of block.statements) this.statement(s);
  }

  private statement(s: Stmt): void {
    switch (s.kind) {
      case "bind":
        this.bind(s);
        return;
      case "compound":
        if (s.place) this.element(s.place, s.value);
        else this.compound(s);
        return;
      case "store":
        for (const target of s.targets) if ("place" in target) this.element(target.place, s.value);
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
      case "break":
      case "continue":
        this.jump(s);
        return;
      case "return":
        if (s.value) this.expr(s.value);
        return;
      case "fn":
        this.fn(s);
        return;
      case "pass":
      case "error":
        return;
    }
  }

  private bind(s: BindStmt): void {
    const outer = this.unit;
    // Only module-level code is cut into units this fine: inside a function, uses follow declarations.
    if (!this.frame.fn) this.unit = { node: s, calls: [], uses: [], defines: [] };
    this.initialising = s.targets;
    this.expr(s.value);
    this.initialising = [];
    const annotated = s.annotation ? typeOfNode(s.annotation, this.sink, "value") : null;
    // Right to left: in `a = b = e` the last target gets the value first.
    for (let i = s.targets.length - 1; i >= 0; i--) {
      const target = s.targets[i]!;
      if (s.mut || s.constant || annotated) this.declareVar(s, target, annotated);
      else this.plain(s, target);
    }
    if (!this.frame.fn) {
      if (this.unit!.defines.length > 0) this.out.units.push(this.unit!);
      this.unit = outer;
    }
  }

  /** `mut x = e`, `x: T = e`, `X := e`: always a new variable of the innermost block. */
  private declareVar(s: BindStmt, target: BindStmt["targets"][number], annotated: Type | null): void {
    const { name } = target;
    const known = this.scopes.own(name.text);
    if (known && name.text !== "_") this.sink.report(repeated(name.text, name.span, known));
    if (s.constant && this.scopes.current.kind === "module" && !/^[A-Z][A-Z0-9_]*$/.test(name.text))
      this.sink.report(constantName(name));
    target.symbol = this.newVar(name, s.constant ? "constant" : "local", s.mut, annotated ?? PENDING);
    target.declares = true;
    // A repeated declaration still becomes the meaning of the name: its later uses have the type that was written.
    this.declare(target.symbol, s.span.end);
  }

  /** `x = e`: declares, or assigns to what is visible (core 7). */
  private plain(s: BindStmt, target: BindStmt["targets"][number]): void {
    const { name } = target;
    const known = name.text === "_" ? null : this.scopes.lookup(name.text);
    if (known) {
      if (!this.assignable(known, name, "E1014")) return;
      this.assign(target, known as VarSymbol);
      return;
    }
    // What a branch of this body declared may be declared again; what belongs to a body around it is assigned.
    const family = this.branches.family(name.text, this.scopes.current);
    if (family && family.home !== homeOf(this.scopes.current)) {
      const symbol = this.outliving(name, "E1014");
      if (symbol) this.assign(target, symbol);
      // When a function is called is not known: it may be the first to give the value.
      if (symbol && inFunction(this.scopes.current, family.home)) target.unset = true;
      return;
    }
    target.symbol = this.newVar(name, "local", this.frame.loops.length > 0, PENDING);
    target.declares = true;
    if (s.targets.length > 1) this.chained.add(target.symbol);
    this.declare(target.symbol, s.span.end);
    if (name.text !== "_") this.branches.declare(target.symbol, this.scopes.current, target);
  }

  private assign(target: BindStmt["targets"][number], symbol: VarSymbol): void {
    target.symbol = symbol;
    target.declares = false;
    this.branches.mention(symbol, target);
  }

  private element(place: Expr, value: Expr): void {
    this.expr(place);
    this.expr(value);
  }

  private compound(s: CompoundStmt): void {
    const known = this.scopes.lookup(s.target.text);
    const outlives = !known && this.branches.family(s.target.text, this.scopes.current) !== null;
    if (!known && !outlives) this.unknown(s.target.text, s.target.span, "target");
    this.expr(s.value);
    let symbol: VarSymbol | null = null;
    if (outlives) symbol = this.outliving(s.target, "E1017");
    else if (known && this.assignable(known, s.target, "E1017")) symbol = known as VarSymbol;
    if (!symbol) return;
    s.symbol = symbol;
    this.branches.mention(symbol, s);
  }

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
    this.frame.loops.push(s);
    this.scopes.enter("while", null);
    this.block(s.body);
    this.scopes.leave();
    this.frame.loops.pop();
  }

  private fors(s: ForStmt): void {
    const outer = this.unit;
    if (!this.frame.fn) this.unit = { node: s, calls: [], uses: [], defines: [] };
    this.expr(s.start);
    this.expr(s.end);
    if (s.step) this.expr(s.step);
    this.scopes.enter("for", s.body);
    s.symbol = this.newVar(s.variable, "loop", true, PENDING);
    this.declare(s.symbol, s.body.span.start);
    if (!this.frame.fn) {
      this.out.units.push(this.unit!);
      this.unit = outer;
    }
    // The body is a scope of its own, so that it may hide the loop variable.
    this.scopes.enter("for", s.body);
    this.frame.loops.push(s);
    this.block(s.body);
    this.frame.loops.pop();
    this.scopes.leave();
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
    if (known) this.sink.report(repeated(s.name.text, s.name.span, known));
    const symbol: FnSymbol = {
      kind: "fn",
      name: s.name.text,
      decl: s.name.span,
      node: s,
      params: [],
      owner: this.frame.fn,
      result: s.result ? typeOfNode(s.result, this.sink, "result") : PENDING,
    };
    for (const p of s.params) {
      if (!p.annotation) {
        this.sink.report({
          code: "E1099",
          span: p.name.span,
          label: "a parameter without a type is not supported yet",
          help: [`write its type: \`${p.name.text}: i32\``],
        });
      }
      p.symbol = makeVar(
        p.name,
        "param",
        symbol,
        false,
        p.annotation ? typeOfNode(p.annotation, this.sink, "value") : ERROR,
      );
      symbol.params.push(p.symbol);
    }
    s.symbol = symbol;
    this.out.functions.push(symbol);
    if (!known) this.scopes.declare(symbol);
  }

  private fn(s: FnStmt): void {
    const { frame, unit } = this;
    this.frame = {
      fn: s.symbol!,
      loops: [],
      outerLoops: frame.loops.length > 0 || frame.outerLoops,
      unknown: new Set(),
    };
    this.unit = { node: s, calls: [], uses: [], defines: [] };
    this.out.units.push(this.unit);
    this.scopes.enter("function", s.body);
    for (const p of s.params) {
      const known = this.scopes.own(p.name.text);
      if (known && p.name.text !== "_") this.sink.report(repeated(p.name.text, p.name.span, known));
      this.scopes.declare(p.symbol!);
    }
    this.block(s.body);
    this.scopes.leave();
    this.frame = frame;
    this.unit = unit;
  }

  // --- expressions ---

  private expr(top: Expr): void {
    const stack: Expr[] = [top];
    for (let e = stack.pop(); e; e = stack.pop()) {
      if (e.kind === "name") this.name(e);
      else if (e.kind === "call" && e.callee.kind === "name") {
        this.callee(e, e.callee);
        for (let i = e.args.length - 1; i >= 0; i--) stack.push(e.args[i]!);
      } else childrenOf(e, stack);
    }
  }

  /** A name as a value. */
  private name(e: NameExpr): void {
    const symbol = this.lookup(e, "value");
    if (symbol?.kind === "fn") {
      if (this.mistaken.has(symbol)) return;
      this.sink.report({ code: "E1099", span: e.span, label: "a function as a value is not supported yet" });
    } else if (symbol?.kind === "var") this.use(symbol, e);
  }

  private callee(call: CallExpr, e: NameExpr): void {
    const symbol = this.lookup(e, "callee");
    if (symbol?.kind === "var") this.use(symbol, e);
    else if (symbol?.kind === "fn") {
      e.symbol = symbol;
      call.fn = symbol;
      this.unit?.calls.push(symbol);
      if (!this.frame.fn) this.out.calls.push({ fn: symbol, at: e.span.start });
    } else if (e.symbol?.kind === "builtin") call.builtin = e.name;
  }

  private lookup(e: NameExpr, use: "value" | "callee"): VarSymbol | FnSymbol | null {
    const symbol = this.scopes.lookup(e.name);
    if (symbol) return symbol;
    const family = this.branches.family(e.name, this.scopes.current);
    if (family) return this.branches.outlive(family, this.scopes.current);
    const builtin = BUILTINS.get(e.name);
    if (!builtin) this.unknown(e.name, e.span, use);
    else if (use === "callee" && builtin.supported) e.symbol = { kind: "builtin", name: e.name };
    else
      this.sink.report({
        code: "E1099",
        span: e.span,
        label: `the built-in function \`${e.name}\` is not supported yet`,
      });
    return null;
  }

  /** A read of a variable. */
  private use(symbol: VarSymbol, e: NameExpr): void {
    if (this.foreign(symbol, e.span)) return;
    e.symbol = symbol;
    this.branches.mention(symbol, e);
  }

  /**
   * Notes that the current code refers to the variable. Reports and says yes if it is a local of an enclosing
   * function: functions have no environment yet.
   */
  private foreign(symbol: VarSymbol, at: Span): boolean {
    if (symbol.owner === null) {
      if (this.frame.fn) symbol.usedInFunctions = true;
      this.unit?.uses.push(symbol);
      return false;
    }
    if (symbol.owner === this.frame.fn) return false;
    this.sink.report(captured(symbol, at));
    return true;
  }

  // --- names ---

  /** Whether the name may be given another value; reports if not. */
  private assignable(known: VarSymbol | FnSymbol, name: Name, code: "E1014" | "E1017"): boolean {
    if (known.kind === "var" && known.mutable) {
      if (this.foreign(known, name.span)) return false;
      known.assigned = true;
      return true;
    }
    if (known.kind === "fn") this.mistaken.add(known);
    this.sink.report(immutable(code, name, known, known.kind === "fn" || !this.chained.has(known)));
    return false;
  }

  /**
   * What an assignment to a name means that only branches declared. Each of its declarations must be in a loop, which
   * makes it mutable; reports if not.
   */
  private outliving(name: Name, code: "E1014" | "E1017"): VarSymbol | null {
    const family = this.branches.family(name.text, this.scopes.current)!;
    const symbol = this.branches.outlive(family, this.scopes.current);
    if (inFunction(this.scopes.current, family.home)) this.branches.givenByFunction(symbol);
    if (this.foreign(symbol, name.span)) return null;
    symbol.assigned = true;
    if (family.mutable) return symbol;
    this.sink.report(immutableBranches(code, name, symbol));
    return null;
  }

  private unknown(name: string, at: Span, use: "value" | "callee" | "target"): void {
    if (this.frame.unknown.has(name)) return;
    this.frame.unknown.add(name);
    const own = this.initialising.some((target) => target.name.text === name);
    this.unknowns.add({ name, span: at, use, fn: this.frame.fn, ownInitialiser: own });
  }

  private declare(symbol: VarSymbol, complete: number): void {
    this.scopes.declare(symbol);
    if (symbol.owner) return;
    this.out.variables.push(symbol);
    this.out.complete.set(symbol, complete);
    this.unit?.defines.push(symbol);
  }

  private newVar(name: Name, role: VarSymbol["role"], mutable: boolean, type: Type): VarSymbol {
    return makeVar(name, role, this.frame.fn, mutable, type);
  }
}

const makeVar = (
  name: Name,
  role: VarSymbol["role"],
  owner: FnSymbol | null,
  mutable: boolean,
  type: Type,
): VarSymbol => ({
  kind: "var",
  name: name.text,
  decl: name.span,
  type,
  role,
  owner,
  mutable,
  usedInFunctions: false,
  assigned: false,
  mayBeReadEarly: false,
  mayLackValue: false,
});
