/**
 * Plain declarations in branches (core 8.2). `name = e` in the body of an `if`, `elif`, `else` or `while` makes a
 * variable of the nearest enclosing function body, `for` body or module, its home:
 *
 *     if n > 3:
 *         size = "large"
 *     else:
 *         size = "small"
 *     print(size)                  // both declarations are the same variable
 *     if n > 5: size = "huge"      // and this one, if something reads `size` below
 *
 * While names are being resolved every declaration has a symbol of its own, because whether it may be assigned again
 * is a matter of its block. Declarations that can be told apart by nothing but their types stay apart: a program that
 * uses `size` as a number in one `if` and as a text in the next is two variables. They become one
 *
 * - where they stand in different arms of one `if`, and
 * - where a read outside of their blocks may see either. That is every declaration above the read, and below it too
 *   inside a common `while`, since a later round reads what an earlier one declared.
 *
 * `finish` then puts one symbol into the tree for all declarations of a variable. Nothing outside of the branches needs
 * to know: a declaration directly in the home starts afresh, as it comes before everything below it. Declarations are
 * joined with union-find, so the cost is linear but for the depth of blocks.
 */
import type { Block, IfStmt } from "../syntax/ast.js";
import type { Symbol as AnySymbol, VarSymbol } from "./symbols.js";

/** What this needs to know of a scope of the table of names. */
export interface Scope {
  readonly kind: "module" | "function" | "for" | "if" | "while";
  readonly parent: Scope | null;
  /** The body, of a scope that plain declarations inside its branches belong to; else null. */
  readonly block: Block | null;
  /** Of an arm: its `if`. */
  readonly statement: IfStmt | null;
  /** Of a scope with a `block`: what branches inside it declared, by name. */
  families: Map<string, Family> | null;
}

/** A place in the tree that names a variable. */
interface Mention {
  symbol?: AnySymbol | VarSymbol;
}

/** A declaration, or several that turned out to be the same variable. */
interface Web {
  parent: Web | null;
  /** The declaration that comes first. */
  first: VarSymbol;
  readonly home: Block;
  declarations: number;
  /** Something outside of the declaring blocks refers to it. */
  outlives: boolean;
  givenByFunction: boolean;
  mentions: Mention[];
}

/** The declarations of a name in the branches of one home, since its last declaration in the home itself. */
export interface Family {
  readonly name: string;
  readonly home: Scope;
  /** Joined by reads so far. */
  joined: Web | null;
  /** Declared since then. */
  readonly apart: Web[];
  /** Whether an assignment from outside may change it: all its declarations are in loops. */
  mutable: boolean;
  /** The outermost `while` inside the home around the last read: what is declared in it further down belongs to it. */
  round: Scope | null;
  /** Read by a function, which may be called at any time. */
  inFunction: boolean;
}

/** A variable whose declarations do not all come before its reads, and the block it lives in. */
export interface BranchVariable {
  readonly symbol: VarSymbol;
  readonly home: Block;
  /** A function assigns it. */
  readonly givenByFunction: boolean;
}

/** What the walk over the names has collected and `finish` brings up to date. */
interface Found {
  readonly units: readonly { readonly uses: VarSymbol[]; readonly defines: VarSymbol[] }[];
  readonly variables: VarSymbol[];
  readonly branchVariables: BranchVariable[];
}

export class Branches {
  private readonly webs = new Map<VarSymbol, Web>();
  /** What other arms of an `if` that is being walked have declared. */
  private readonly arms = new Map<IfStmt, Map<string, { readonly arm: Scope; readonly web: Web }>>();

  /** Notes a plain declaration in `scope`. */
  declare(symbol: VarSymbol, at: Scope, target: Mention): void {
    const home = homeOf(at);
    if (home === at) {
      at.families?.delete(symbol.name);
      return;
    }
    const web: Web = {
      parent: null,
      first: symbol,
      home: home.block!,
      declarations: 1,
      outlives: false,
      givenByFunction: false,
      mentions: [target],
    };
    this.webs.set(symbol, web);
    for (let scope = at; scope !== home; scope = scope.parent!) if (scope.statement) this.otherArms(scope, symbol, web);
    home.families ??= new Map();
    let family = home.families.get(symbol.name);
    if (!family) {
      family = { name: symbol.name, home, joined: null, apart: [], mutable: true, round: null, inFunction: false };
      home.families.set(symbol.name, family);
    }
    family.mutable &&= symbol.mutable;
    family.apart.push(web);
    if (family.inFunction || (family.round && family.round === roundOf(at, home))) this.join(family);
  }

  /** A use of a variable where its declaration is visible. */
  mention(symbol: VarSymbol, at: Mention): void {
    const web = this.webs.get(symbol);
    if (web) find(web).mentions.push(at);
  }

  /** Declarations of branches that are over which a use of this otherwise unknown name means. */
  family(name: string, at: Scope): Family | null {
    for (let scope: Scope | null = at; scope; scope = scope.parent) {
      const found = scope.families?.get(name);
      if (found) return found;
    }
    return null;
  }

  /** A use of such a name: its declarations so far are one variable, which is answered. */
  outlive(family: Family, at: Scope): VarSymbol {
    if (inFunction(at, family.home)) family.inFunction = true;
    else family.round = roundOf(at, family.home) ?? family.round;
    const web = this.join(family);
    web.outlives = true;
    return web.first;
  }

  /** A function gives the variable a value. */
  givenByFunction(symbol: VarSymbol): void {
    find(this.webs.get(symbol)!).givenByFunction = true;
  }

  /** The `if` is over. */
  closeIf(statement: IfStmt): void {
    this.arms.delete(statement);
  }

  /** Puts the first symbol of each variable into the tree and into what was found out about it. */
  finish(out: Found): void {
    const replaced = new Map<VarSymbol, VarSymbol>();
    for (const [symbol, own] of this.webs) {
      const web = find(own);
      if (web.first === symbol) {
        if (web.declarations > 1) for (const mention of web.mentions) mention.symbol = symbol;
        if (web.declarations > 1 || web.outlives) {
          const { home, givenByFunction } = web;
          out.branchVariables.push({ symbol, home, givenByFunction });
        }
        continue;
      }
      replaced.set(symbol, web.first);
      web.first.assigned = true;
      web.first.mutable ||= symbol.mutable;
      web.first.usedInFunctions ||= symbol.usedInFunctions;
    }
    if (replaced.size === 0) return;
    for (const { uses, defines } of out.units) {
      uses.forEach((v, i) => {
        uses[i] = replaced.get(v) ?? v;
      });
      // The first declaration says what type the variable has.
      remove(defines, replaced);
    }
    remove(out.variables, replaced);
  }

  /** The arms of one `if` declare the same variable. */
  private otherArms(scope: Scope, symbol: VarSymbol, web: Web): void {
    const statement = scope.statement!;
    let names = this.arms.get(statement);
    if (!names) this.arms.set(statement, (names = new Map()));
    const known = names.get(symbol.name);
    if (known && known.arm !== scope) unite(known.web, web);
    names.set(symbol.name, { arm: scope, web });
  }

  private join(family: Family): Web {
    for (const web of family.apart) family.joined = family.joined ? unite(family.joined, web) : find(web);
    family.apart.length = 0;
    return find(family.joined!);
  }
}

/** The scope that plain declarations belong to. */
export function homeOf(at: Scope): Scope {
  let scope = at;
  while (scope.block === null) scope = scope.parent!;
  return scope;
}

/** Whether the place is in a function that is inside of the home. */
export function inFunction(at: Scope, home: Scope): boolean {
  for (let scope = at; scope !== home; scope = scope.parent!) if (scope.kind === "function") return true;
  return false;
}

/** The outermost `while` between the place and the home around it. */
function roundOf(at: Scope, home: Scope): Scope | null {
  let round: Scope | null = null;
  for (let scope = at; scope !== home; scope = scope.parent!) if (scope.kind === "while") round = scope;
  return round;
}

function find(web: Web): Web {
  let root = web;
  while (root.parent) root = root.parent;
  // Later searches are short.
  for (let w = web; w.parent; ) {
    const next: Web = w.parent;
    w.parent = root;
    w = next;
  }
  return root;
}

function unite(a: Web, b: Web): Web {
  let [to, from] = [find(a), find(b)];
  if (to === from) return to;
  if (to.mentions.length < from.mentions.length) [to, from] = [from, to];
  from.parent = to;
  if (from.first.decl.start < to.first.decl.start) to.first = from.first;
  to.declarations += from.declarations;
  to.outlives ||= from.outlives;
  to.givenByFunction ||= from.givenByFunction;
  for (const mention of from.mentions) to.mentions.push(mention);
  from.mentions = [];
  return to;
}

/** Removes symbols that were replaced from the list itself. */
function remove(list: VarSymbol[], replaced: ReadonlyMap<VarSymbol, VarSymbol>): void {
  if (list.some((v) => replaced.has(v))) list.splice(0, list.length, ...list.filter((v) => !replaced.has(v)));
}
