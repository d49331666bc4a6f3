/**
 * bench/RESULTS.md: the tables of the kernels at the top, and below them a section (`## Heading`) for each other
 * benchmark. Each writes its own part and leaves the rest as it is.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root; this file runs from dist/bench. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const PATH = join(ROOT, "bench", "RESULTS.md");

/** Date and machine, for under a heading. */
export const machine = (): string =>
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}.`;

export function table(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [
    `### ${title}`,
    "",
    `| ${columns.join(" | ")} |`,
    `| ${columns.map(() => "---").join(" | ")} |`,
    ...rows.map((r) => `| ${r.join(" | ")} |`),
    "",
  ].join("\n");
}

export const median = (xs: readonly number[]): number => [...xs].sort((a, b) => a - b)[Math.floor(xs.length / 2)]!;

/** The parts of the file: what is above the first section, and each section with its heading. */
function parts(): string[] {
  return existsSync(PATH) ? readFileSync(PATH, "utf8").split(/^(?=## )/m) : [];
}
const write = (list: readonly string[]): void =>
  writeFileSync(PATH, `${list.map((part) => part.trimEnd()).join("\n\n")}\n`);

/** Replaces what is above the first section. */
export function writeTop(text: string): void {
  write([text, ...parts().slice(1)]);
}
/** Replaces or appends the section `## heading`. */
export function writeSection(heading: string, text: string): void {
  const section = `## ${heading}\n\n${text}`;
  const list = parts();
  const at = list.findIndex((part) => part.startsWith(`## ${heading}\n`));
  if (at < 0) list.push(section);
  else list[at] = section;
  write(list);
}
