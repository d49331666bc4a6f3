/** Source text to messages and types, for the tests of inference. */
import { type Diagnostic, Sink } from "../../../compiler/diagnostics/diagnostic.js";
import { checkProgram, type Library, type Program, show } from "../../../compiler/infer/index.js";
import { SourceFile } from "../../../compiler/source/file.js";
import type { Expr } from "../../../compiler/syntax/ast.js";

export interface Outcome {
  readonly files: readonly SourceFile[];
  readonly program: Program | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** The modules of a program by their paths, `a/b.orus`; looked for next to the importer and at the top. */
class Folder implements Library {
  readonly files: SourceFile[] = [];
  constructor(private readonly texts: Readonly<Record<string, string | Uint8Array>>) {}

  open(path: string): SourceFile | null {
    const known = this.files.find((file) => file.path === path);
    const text = this.texts[path];
    if (known || text === undefined) return known ?? null;
    const index = this.files.length;
    const file = typeof text === "string" ? new SourceFile(index, path, text) : SourceFile.fromBytes(index, path, text);
    this.files.push(file);
    return file;
  }

  find(path: readonly string[], importer: SourceFile): ReturnType<Library["find"]> {
    const name = `${path.join("/")}.orus`;
    const beside = importer.path.slice(0, importer.path.lastIndexOf("/") + 1);
    const file = this.open(name) ?? this.open(beside + name);
    return file ? { file } : { missing: ["."] };
  }
}

/** Parses and checks a program: a text, or files of which `main` is the first to run from. */
export function check(source: string | Readonly<Record<string, string | Uint8Array>>, main = "main.orus"): Outcome {
  const folder = new Folder(typeof source === "string" ? { [main]: source } : source);
  const sink = new Sink();
  const program = checkProgram(folder.open(main)!, folder, sink);
  return { files: folder.files, program, diagnostics: sink.list };
}

/** `2:5 E2001`, sorted by file and place; of other files than the first `other.orus:2:5 E2001`. */
export function messages(outcome: Outcome): string[] {
  return outcome.diagnostics
    .toSorted((a, b) => a.span.file - b.span.file || a.span.start - b.span.start || (a.code < b.code ? -1 : 1))
    .map((d) => {
      const file = outcome.files[d.span.file]!;
      const { line, column } = file.position(d.span.start);
      return `${d.span.file === 0 ? "" : `${file.path}:`}${line}:${column} ${d.code}`;
    });
}

/** The codes and labels, for messages whose words count. */
export const labels = (outcome: Outcome): string[] => outcome.diagnostics.map((d) => `${d.code} ${d.label}`);

/** The types of the variables and functions that the main module declares at its top: `x: i32`. */
export function types(source: string): string[] {
  const outcome = check(source);
  if (outcome.diagnostics.length > 0 || !outcome.program) return labels(outcome);
  const { functions, variables } = outcome.program.modules.at(-1)!;
  const found = [
    ...variables.map((v) => ({ at: v.decl.start, text: `${v.name}: ${show(v.type)}` })),
    ...functions
      .filter((f) => f.name !== "")
      .map((f) => {
        const params = f.scheme!.params.map((p) => p.name).join(", ");
        return { at: f.decl.start, text: `${f.name}${params ? `[${params}]` : ""}: ${show(f.scheme!.type)}` };
      }),
  ];
  return found.sort((a, b) => a.at - b.at).map((f) => f.text);
}

/** The type of the value of the first `print`. */
export function printed(source: string): string {
  const outcome = check(source);
  if (outcome.diagnostics.length > 0 || !outcome.program) return labels(outcome).join("; ");
  const statements = outcome.program.modules.at(-1)!.module.body.statements;
  const print = statements.find((s) => s.kind === "print");
  const e = print?.kind === "print" ? (print.args[0] as Expr | undefined) : undefined;
  return e?.type ? show(e.type) : "nothing";
}
