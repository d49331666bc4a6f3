/**
 * Which reads of variables that branches declare (branches.ts, core 8.2) find a value: on every way to them, on some,
 * or on none. Reads of the first kind need nothing, those of the second are checked when the program runs (E0018), and
 * those of the third are mistakes (E1018).
 *
 * One forward walk over each body that has such variables. The state is a table that says of each variable whether it
 * has a value on no, some or every way to here, with a list of its changes: an arm is walked, its changes are kept and
 * taken back, and where ways meet the changes are put together. So the work is in proportion to what changes, not to the
 * number of variables times the number of branches.
 *
 * Loops need one walk only. No statement takes a value away, so what every way into a loop gives is there in all of its
 * rounds. What only an earlier round can have given is known at the end of the body; until then a read that has found
 * nothing is kept open. A checked read leaves a value behind: if there is none the program ends there.
 */
import type { Sink } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type { Block, Expr, ForStmt, IfStmt, JumpStmt, Stmt, WhileStmt } from "../syntax/ast.js";
import type { BranchVariable } from "./branches.js";
import { bare } from "./check-expr.js";
import { childrenOf } from "./children.js";
import type { Resolution } from "./resolve.js";
import type { FnSymbol, VarSymbol } from "./symbols.js";

/**
 * Marks the reads that need a check (`unset` in the tree, `mayLackValue`), and corrects where variables of module level
 * have their value for certain. Answers which variables begin without a value before a statement.
 */
export function findUnassigned(res: Resolution, sink: Sink): Map<Stmt, VarSymbol[]> {
  const starts = new Map<Stmt, VarSymbol[]>();
  const bodies = new Map<FnSymbol | null, Map<VarSymbol, BranchVariable>>();
  for (const variable of res.branchVariables) {
    const { symbol } = variable;
    const known = bodies.get(symbol.owner);
    if (known) known.set(symbol, variable);
    else bodies.set(symbol.owner, new Map([[symbol, variable]]));
    if (symbol.owner === null) res.complete.set(symbol, Number.POSITIVE_INFINITY);
  }
  for (const [fn, variables] of bodies)
    new Walk(variables, starts, res.complete, sink).block(fn ? fn.node.body : res.module.body);
  return starts;
}

/** Ways to a place on which a variable has a value. */
enum On {
  None,
  Some,
  All,
}

/** A place where ways meet. */
class Meeting {
  ways = 0;
  /** What was changed on the way: on how many, and whether all or any of these have a value. */
  readonly changed = new Map<VarSymbol, { ways: number; all: boolean; any: boolean }>();
  /** What later rounds of a loop inside may give besides. */
  readonly later = new Set<VarSymbol>();
}

interface OpenLoop {
  readonly exit: Meeting;
  readonly next: Meeting;
  /** Length of the list of changes where the loop begins. */
  readonly mark: number;
}

/** A read that has found no value so far. */
interface OpenRead {
  readonly symbol: VarSymbol;
  readonly span: Span;
}

class Walk {
  private readonly state = new Map<VarSymbol, On>();
  private readonly changes: { readonly symbol: VarSymbol; readonly before: On }[] = [];
  /** Whether control reaches the place of the walk. */
  private live = true;
  private readonly loops = new Map<WhileStmt | ForStmt, OpenLoop>();
  private open: OpenRead[] = [];
  private readonly reported = new Set<VarSymbol>();
  /** The statement of each block that the walk is in. */
  private readonly at = new Map<Block, Stmt>();
  private readonly begun = new Set<VarSymbol>();

  constructor(
    private readonly variables: ReadonlyMap<VarSymbol, BranchVariable>,
    private readonly starts: Map<Stmt, VarSymbol[]>,
    private readonly complete: Map<VarSymbol, number>,
    private readonly sink: Sink,
  ) {}

  block(b: Block): void {
    for (const s of b.statements) {
      if (!this.live) break;
      this.at.set(b, s);
      const mark = this.changes.length;
      this.statement(s);
      for (let i = mark; i < this.changes.length; i++) {
        const { symbol } = this.changes[i]!;
        if (symbol.owner !== null || this.homeOf(symbol) !== b || this.state.get(symbol) !== On.All) continue;
        this.complete.set(symbol, Math.min(this.complete.get(symbol)!, s.span.end));
      }
    }
    // Variables end with their home: nothing can bring them a value any more.
    this.open = this.open.filter((read) => this.homeOf(read.symbol) !== b || this.report(read));
  }

  private statement(s: Stmt): void {
    switch (s.kind) {
      case "bind":
        this.expr(s.value);
        for (let i = s.targets.length - 1; i >= 0; i--) this.give(s.targets[i]!);
        return;
      case "store":
        for (const target of s.targets) if ("place" in target) this.expr(target.place);
        this.expr(s.value);
        return;
      case "compound":
        if (s.place) this.expr(s.place);
        if (s.symbol && this.variables.has(s.symbol)) this.read(s, s.symbol, s.target.span, true);
        this.expr(s.value);
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
        this.expr(s.cond);
        this.expr(s.expr, false);
        return;
      case "while":
        this.whiles(s);
        return;
      case "for":
        this.expr(s.start);
        this.expr(s.end);
        if (s.step) this.expr(s.step);
        this.loop(s, this.open.length, true);
        return;
      case "return":
        if (s.value) this.expr(s.value);
        this.live = false;
        return;
      case "break":
      case "continue":
        this.jump(s);
        return;
      default:
        // Functions have a body of their own; the others have no parts.
        return;
    }
  }

  private ifs(s: IfStmt): void {
    const mark = this.changes.length;
    const end = new Meeting();
    for (const arm of s.arms) {
      this.expr(arm.cond);
      const before = this.changes.length;
      this.block(arm.body);
      this.arrive(end, mark);
      this.takeBack(before);
      this.live = true;
    }
    if (s.otherwise) this.block(s.otherwise);
    this.arrive(end, mark);
    this.takeBack(mark);
    this.goOn(end);
  }

  private whiles(s: WhileStmt): void {
    const openBefore = this.open.length;
    this.expr(s.cond);
    const cond = bare(s.cond);
    this.loop(s, openBefore, !(cond.kind === "bool" && cond.value));
  }

  /** `openBefore`: reads left open before all rounds. `ends`: the loop may end, or not begin, without a `break`. */
  private loop(s: WhileStmt | ForStmt, openBefore: number, ends: boolean): void {
    const mark = this.changes.length;
    const loop: OpenLoop = { exit: new Meeting(), next: new Meeting(), mark };
    if (ends) this.arrive(loop.exit, mark);
    this.loops.set(s, loop);
    this.block(s.body);
    this.loops.delete(s);
    this.arrive(loop.next, mark);
    this.takeBack(mark);
    this.laterRounds(s, loop, openBefore);
    this.goOn(loop.exit);
  }

  /** What the end of the body has given, a later round finds at its beginning. */
  private laterRounds(s: WhileStmt | ForStmt, { exit, next }: OpenLoop, openBefore: number): void {
    const given = new Set(next.later);
    for (const [symbol, { any }] of next.changed) if (any) given.add(symbol);
    for (const symbol of given)
      if (this.stateOf(symbol) !== On.None || this.homeOf(symbol) === s.body) given.delete(symbol);
    if (given.size === 0) return;
    this.open = this.open.filter((read, i) => i < openBefore || !given.has(read.symbol));
    // A later round may also leave this loop, or jump on to one around it.
    for (const meeting of [exit, ...[...this.loops.values()].flatMap((loop) => [loop.exit, loop.next])])
      for (const symbol of given) meeting.later.add(symbol);
  }

  private jump(s: JumpStmt): void {
    const loop = s.target && s.target.kind !== "foreach" ? this.loops.get(s.target) : undefined;
    if (loop) this.arrive(s.kind === "break" ? loop.exit : loop.next, loop.mark);
    this.live = false;
  }

  /** The parts of an expression in the order of their evaluation. `surely`: it is evaluated if control comes here. */
  private expr(top: Expr, surely = true): void {
    const stack = [top];
    const sure = [surely];
    for (let e = stack.pop(); e; e = stack.pop()) {
      const here = sure.pop()!;
      if (e.kind === "name") {
        if (e.symbol?.kind === "var" && this.variables.has(e.symbol)) this.read(e, e.symbol, e.span, here);
      } else if (e.kind === "logic") {
        stack.push(e.right, e.left);
        sure.push(false, here);
      } else if (e.kind === "cond") {
        stack.push(e.otherwise, e.then, e.cond);
        sure.push(false, false, here);
      } else {
        childrenOf(e, stack);
        while (sure.length < stack.length) sure.push(here);
      }
    }
  }

  private read(at: { unset?: boolean }, symbol: VarSymbol, span: Span, surely: boolean): void {
    const found = this.stateOf(symbol);
    if (!this.live || found === On.All) return;
    at.unset = true;
    symbol.mayLackValue = true;
    if (found === On.None) this.open.push({ symbol, span });
    else if (surely) this.change(symbol, On.All);
  }

  private give(target: { readonly symbol?: VarSymbol; unset?: boolean }): void {
    const { symbol } = target;
    const home = symbol && this.homeOf(symbol);
    if (!home) return;
    target.unset = this.stateOf(symbol) !== On.All;
    this.change(symbol, On.All);
    if (this.begun.has(symbol)) return;
    this.begun.add(symbol);
    const statement = this.at.get(home)!;
    const list = this.starts.get(statement);
    if (list) list.push(symbol);
    else this.starts.set(statement, [symbol]);
  }

  private report({ symbol, span }: OpenRead): false {
    if (this.reported.has(symbol)) return false;
    this.reported.add(symbol);
    this.sink.report({
      code: "E1018",
      span,
      label: `\`${symbol.name}\` gets its value only in another branch`,
      labels: [{ span: symbol.decl, text: "the value is given here" }],
      help: ["give it a value before the branches"],
    });
    return false;
  }

  // --- the state ---

  private stateOf(symbol: VarSymbol): On {
    // Calls are not followed: any may have given a value.
    return this.state.get(symbol) ?? (this.variables.get(symbol)?.givenByFunction ? On.Some : On.None);
  }

  private homeOf(symbol: VarSymbol): Block | undefined {
    return this.variables.get(symbol)?.home;
  }

  private change(symbol: VarSymbol, to: On): void {
    const before = this.stateOf(symbol);
    if (before === to) return;
    this.changes.push({ symbol, before });
    this.state.set(symbol, to);
  }

  private takeBack(mark: number): void {
    while (this.changes.length > mark) {
      const { symbol, before } = this.changes.pop()!;
      this.state.set(symbol, before);
    }
  }

  /** Control goes from here to the meeting, which sees what has changed since `mark`. */
  private arrive(meeting: Meeting, mark: number): void {
    if (!this.live) return;
    meeting.ways++;
    const seen = new Set<VarSymbol>();
    for (let i = mark; i < this.changes.length; i++) {
      const { symbol } = this.changes[i]!;
      if (seen.has(symbol)) continue;
      seen.add(symbol);
      const on = this.stateOf(symbol);
      const known = meeting.changed.get(symbol);
      if (known) {
        known.ways++;
        known.all &&= on === On.All;
        known.any ||= on !== On.None;
      } else meeting.changed.set(symbol, { ways: 1, all: on === On.All, any: on !== On.None });
    }
  }

  /** The walk goes on where ways have met, from the state at their common beginning. */
  private goOn(meeting: Meeting): void {
    this.live = meeting.ways > 0;
    if (!this.live) return;
    for (const [symbol, { ways, all, any }] of meeting.changed) {
      const before = this.stateOf(symbol);
      const everywhere = ways === meeting.ways;
      const onAll = all && (everywhere || before === On.All);
      const onAny = any || (!everywhere && before !== On.None);
      this.change(symbol, onAll ? On.All : onAny ? On.Some : On.None);
    }
    for (const symbol of meeting.later) if (this.stateOf(symbol) === On.None) this.change(symbol, On.Some);
  }
}
