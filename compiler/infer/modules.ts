/**
 * Programs of several files (types 15): reads and parses all modules reachable by `use`, in order of appearance and
 * dependencies first, which is also the order in which they run; then checks them in that order, so that the schemes,
 * types and methods that a module imports are known.
 *
 * How a module is found is the caller's business (`Library`): the compiler knows no directories. Walks over imports keep
 * a stack of their own, since chains of modules may be long.
 */
import type { Checked, CheckedModule } from "../analysis/checked.js";
import type { VarSymbol } from "../analysis/symbols.js";
import { type Diagnostic, Sink } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/file.js";
import { join, type Span } from "../source/span.js";
import type { ExprStmt, Module, Stmt, UseStmt } from "../syntax/ast.js";
import { parse } from "../syntax/index.js";
import { checkModule, predeclaredResult } from "./check.js";
import type { Exports } from "./symbols.js";

/** Finds modules. The same module is answered with the same file, whatever the path and whoever asks. */
export interface Library {
  find(path: readonly string[], importer: SourceFile): Found;
}
export type Found =
  | { readonly file: SourceFile }
  /** No such file in the places listed; `near`: a module that may be meant. */
  | { readonly missing: readonly string[]; readonly near?: string | null }
  /** There is one, but it cannot be read: why. */
  | { readonly unreadable: string };

export type Program = Checked;

/** A file of the program, and where it is first imported from. */
interface Loaded {
  readonly file: SourceFile;
  readonly module: Module;
  readonly sink: Sink;
  readonly uses: readonly UseStmt[];
  readonly imports: Map<UseStmt, Loaded | null>;
  exports: Exports | null;
}

/**
 * Reads, parses and checks the program that begins with `main`. null when there is a mistake in the form of some file:
 * then no types are looked at. When the sink has errors afterwards the trees are not fit for lowering.
 */
export function checkProgram(
  main: SourceFile,
  library: Library,
  sink: Sink,
  /** Told how many milliseconds parsing a file, or looking for one, took. */
  parsed: (ms: number) => void = () => {},
): Program | null {
  const start = performance.now();
  const { order, readable } = load(main, library, sink);
  parsed(performance.now() - start);
  if (!readable) return null;
  const result = predeclaredResult();
  const modules: CheckedModule[] = [];
  const implicitResults = new Set<ExprStmt>();
  const unassigned = new Map<Stmt, readonly VarSymbol[]>();
  for (const loaded of order) {
    const { module } = loaded;
    const imports = new Map<UseStmt, Exports | null>();
    for (const [use, other] of loaded.imports) imports.set(use, other?.exports ?? null);
    const facts = checkModule(module, { imports, result }, loaded.sink);
    loaded.exports = facts.res.exports;
    const { functions, variables, structs, enums } = facts.res;
    modules.push({ module, functions, variables, structs, enums });
    for (const s of facts.implicitResults) implicitResults.add(s);
    for (const [s, list] of facts.unassigned) unassigned.set(s, list);
  }
  return { modules, functions: modules.flatMap((m) => m.functions), implicitResults, unassigned };
}

/** Files in the order in which they run. */
function load(
  main: SourceFile,
  library: Library,
  sink: Sink,
): { readonly order: Loaded[]; readonly readable: boolean } {
  const known = new Map<number, Loaded>();
  const order: Loaded[] = [];
  let readable = true;
  const open = (file: SourceFile, from: Span | null, importer: SourceFile | null): Loaded => {
    const own = from && importer ? new Imported(sink, `imported from ${place(importer, from)}`) : sink;
    const before = sink.list.length;
    const module = parse(file, own);
    readable &&= !sink.list.slice(before).some((d) => d.code.startsWith("E"));
    const uses = module.body.statements.filter((s): s is UseStmt => s.kind === "use" && s.path.length > 0);
    const loaded: Loaded = { file, module, sink: own, uses, imports: new Map(), exports: null };
    known.set(file.index, loaded);
    return loaded;
  };
  const path: { readonly loaded: Loaded; next: number }[] = [{ loaded: open(main, null, null), next: 0 }];
  for (let top = path[path.length - 1]; top; top = path[path.length - 1]) {
    const { loaded } = top;
    const use = loaded.uses[top.next++];
    if (!use) {
      path.pop();
      order.push(loaded);
      continue;
    }
    const found = library.find(
      use.path.map((name) => name.text),
      loaded.file,
    );
    if (!("file" in found)) {
      loaded.sink.report(notFound(use, found));
      continue;
    }
    let other = known.get(found.file.index);
    if (!other) {
      other = open(found.file, pathSpan(use), loaded.file);
      loaded.imports.set(use, other);
      path.push({ loaded: other, next: 0 });
      continue;
    }
    const at = path.findIndex((entry) => entry.loaded === other);
    if (at < 0) loaded.imports.set(use, other);
    else circle(path, at, use);
  }
  return { order, readable };
}

/** Modules that import each other: said at the `use` that leads into the circle. */
function circle(
  path: readonly { readonly loaded: Loaded; readonly next: number }[],
  at: number,
  closing: UseStmt,
): void {
  const entry = path[Math.max(at - 1, 0)]!;
  const use = entry.loaded.uses[entry.next - 1] ?? closing;
  const names = path.slice(at).map(({ loaded }) => loaded.module.name);
  names.push(names[0]!);
  entry.loaded.sink.report({
    code: "E3002",
    span: pathSpan(use),
    label:
      names.length === 2 ? `\`${names[0]}\` imports itself` : `the modules import each other: ${names.join(" -> ")}`,
    ...(names.length === 2 ? {} : { help: ["move what they share to a third module"] }),
  });
}

const pathSpan = (use: UseStmt): Span => join(use.path[0]!.span, use.path[use.path.length - 1]!.span);

function notFound(use: UseStmt, found: Exclude<Found, { file: SourceFile }>): Diagnostic {
  const name = use.path.map((part) => part.text).join(".");
  if ("unreadable" in found)
    return { code: "E3001", span: pathSpan(use), label: `cannot read the module \`${name}\`: ${found.unreadable}` };
  return {
    code: "E3003",
    span: pathSpan(use),
    label: `there is no module \`${name}\``,
    help: [found.near ? `did you mean \`${found.near}\`?` : "name another directory to search with `--path`"],
    ...(found.missing.length > 0 ? { notes: [`Searched: ${found.missing.join(", ")}`] } : {}),
  };
}

function place(file: SourceFile, span: Span): string {
  const { line, column } = file.position(span.start);
  return `${file.path}:${line}:${column}`;
}

/** Reports what is wrong in an imported file, with the note that says where it is imported. */
class Imported extends Sink {
  constructor(
    private readonly outer: Sink,
    private readonly note: string,
  ) {
    super();
  }

  override report(d: Diagnostic): void {
    this.outer.report({ ...d, notes: [...(d.notes ?? []), this.note] });
  }

  override get hasErrors(): boolean {
    return this.outer.hasErrors;
  }
}
