/**
 * The floor plan as a test: reads the import lines of every source file and fails on an arrow that is forbidden, goes
 * round in a circle or enters a folder other than by its doors; and on a file that does not say what it is for.
 * docs/architecture.md and CONTRIBUTING.md explain the folders; the rows below are what is enforced.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Which top folders a top folder may import. Those that are absent (tests, bench, scripts) may import all. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  compiler: [],
  jit: ["compiler"],
  aot: ["compiler"],
  cli: ["compiler", "jit", "aot"],
};

/** Files of a folder that others may import. Layouts, ops and diagnostics are tables: facts that every part agrees on. */
const DOORS: readonly RegExp[] = [
  /^[^/]+\/(index|native)$/,
  /^compiler\/layout\//,
  /^compiler\/bytecode\/ops$/,
  /^compiler\/diagnostics\/(index|table)$/,
  // Loaded when asked for: they are no part of compiling and running.
  /^compiler\/warnings\/index$/,
  /^compiler\/diagnostics\/explain\/index$/,
  // The compiler thread of Node; a page has another.
  /^jit\/worker-client$/,
];

/** npm packages that the compiler may use: small ones that run in a browser. None so far. */
const COMPILER_PACKAGES: readonly string[] = [];

interface Import {
  readonly file: string;
  /** A path from the root without ending for our own files, else the specifier as written. */
  readonly target: string;
  readonly own: boolean;
  readonly typeOnly: boolean;
}

const SOURCE_FOLDERS = ["compiler", "jit", "aot", "cli", "tests", "bench", "scripts", "runtime-as"];

function sources(): string[] {
  return SOURCE_FOLDERS.flatMap((folder) => {
    try {
      return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
        posix.join(folder, file.replaceAll("\\", "/")),
      );
    } catch {
      return [];
    }
  }).filter((file) => /\.(ts|mjs)$/.test(file));
}

const STATIC_IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{][^;"'`]*?\sfrom\s*)?["']([^"']+)["']/gm;
/** A use as a type (`typeof import("x")`, `import("x").Name`) loads nothing. */
const DYNAMIC_IMPORT = /(typeof\s+)?\bimport\(\s*["']([^"']+)["']\s*\)(\.(?!then\b|catch\b|finally\b))?/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), "utf8");
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean): void => {
    const own = specifier.startsWith(".");
    const target = own ? posix.join(posix.dirname(file), specifier).replace(/\.(js|ts|mjs)$/, "") : specifier;
    found.push({ file, target, own, typeOnly });
  };
  for (const match of text.matchAll(STATIC_IMPORT)) add(match[2]!, match[1] !== undefined);
  for (const match of text.matchAll(DYNAMIC_IMPORT)) add(match[2]!, match[1] !== undefined || match[3] !== undefined);
  return found;
}

const topOf = (path: string): string => path.split("/")[0]!;
/** The AssemblyScript tree has imports of its own kind; its only link to TypeScript is generated text. */
const typescript = sources().filter((file) => topOf(file) !== "runtime-as");
const imports = typescript.flatMap(importsOf);
const say = (i: Import): string => `${i.file} imports ${i.target}`;

test("folders import only what their row allows, through doors", () => {
  const wrong = imports
    .filter((i) => i.own && topOf(i.target) !== topOf(i.file))
    .filter((i) => {
      const allowed = ARROWS[topOf(i.file)];
      if (allowed === undefined) return false;
      return !allowed.includes(topOf(i.target)) || !DOORS.some((door) => door.test(i.target));
    });
  expect(wrong.map(say)).toEqual([]);
});

test("the compiler runs anywhere: no Node API, no Binaryen at run time", () => {
  const wrong = imports
    .filter((i) => topOf(i.file) === "compiler" && !i.own)
    .filter((i) => !COMPILER_PACKAGES.includes(i.target) && !(i.target === "binaryen" && i.typeOnly));
  expect(wrong.map(say)).toEqual([]);
});

test("nothing that starts loads Binaryen at once", () => {
  const wrong = imports.filter((i) => ["jit", "aot", "cli"].includes(topOf(i.file)) && i.target === "binaryen");
  // `await import("binaryen")` in a function is how the worker and the linker get it.
  const eager = wrong.filter(
    (i) => !i.typeOnly && !readFileSync(join(root, i.file), "utf8").includes('import("binaryen")'),
  );
  expect(eager.map(say)).toEqual([]);
});

test("no circle between folders", () => {
  // What is only a type loads nothing: a tree may carry the types that a later phase writes into it. A door at the top
  // of a folder is not a room: the rooms behind it may name its types. Folders inside a room belong to it.
  const room = (path: string): string => posix.dirname(path).split("/").slice(0, 2).join("/");
  const edges = new Map<string, Map<string, string>>();
  for (const i of imports) {
    const [from, to] = [room(i.file), room(i.target)];
    if (!i.own || i.typeOnly || from === to || !to.includes("/") || !from.includes("/")) continue;
    const row = edges.get(from) ?? new Map<string, string>();
    if (!row.has(to)) row.set(to, say(i));
    edges.set(from, row);
  }
  expect(circle(edges)).toEqual([]);
});

/** The import lines of one circle, or nothing. */
function circle(edges: ReadonlyMap<string, ReadonlyMap<string, string>>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): string[] => {
    const at = path.indexOf(node);
    if (at >= 0)
      return [...path.slice(at), node].flatMap((from, i, all) => edges.get(from)?.get(all[i + 1] ?? "") ?? []);
    if (done.has(node)) return [];
    path.push(node);
    for (const to of edges.get(node)?.keys() ?? []) {
      const found = visit(to);
      if (found.length > 0) return found;
    }
    path.pop();
    done.add(node);
    return [];
  };
  for (const node of edges.keys()) {
    const found = visit(node);
    if (found.length > 0) return found;
  }
  return [];
}

test("every source file begins with a comment that says what it is for", () => {
  const silent = sources().filter((file) => {
    const text = readFileSync(join(root, file), "utf8").replace(/^#!.*\n/, "");
    return !text.startsWith("/**") && !text.startsWith("//");
  });
  expect(silent).toEqual([]);
});
