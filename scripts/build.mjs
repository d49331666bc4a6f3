/**
 * The build: TypeScript to dist/, AssemblyScript to dist/runtime.wasm, Binaryen to dist/binaryen/, the published command to dist/bundle/.
 * Plain JavaScript, because it is what turns TypeScript into something that runs; `npm ci` alone must get here.
 *
 * A step runs when its inputs differ from those of its last good run (`--force`: always). A step that fails does not
 * stop the others: tsc emits in spite of type errors, so a tree that is partly finished can still be tried out. The
 * exit code says whether all went well; with `--usable`, whether there is a command that can be run (for `npm ci` and
 * for `npx orus`, which npm answers by preparing the package again, and never again once that has failed).
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { separateBinaryen } from "./binaryen.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
/** Folders whose TypeScript is compiled by tsc; the same as `include` in tsconfig.json. */
const TS_FOLDERS = ["compiler", "jit", "aot", "cli", "tests", "bench", "scripts"];

/** All files below a folder with one of the endings; an absent folder has none. */
function filesBelow(folder, endings) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)));
}

/** Name, size and time of every input: cheap, and a deleted file counts as a change. */
function fingerprint(files) {
  const hash = createHash("sha256");
  for (const file of [...files].sort()) {
    const at = join(root, file);
    if (!existsSync(at)) continue;
    const { size, mtimeMs } = statSync(at);
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function node(script, ...args) {
  return (
    spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: ["ignore", "inherit", "inherit"] }).status === 0
  );
}

/** A compiled file whose source is gone would still be found by Jest and by imports. */
function removeOrphans() {
  for (const folder of TS_FOLDERS) {
    for (const file of filesBelow(join("dist", folder), [".js"])) {
      const source = file.slice(`dist${sep}`.length).replace(/\.js$/, ".ts");
      if (!existsSync(join(root, source))) rmSync(join(root, file));
    }
  }
}

function compile() {
  removeOrphans();
  return node(join(dirname(require.resolve("typescript/package.json")), "bin", "tsc"), "--pretty", "false");
}

/** The runtime of the interpreter (`release`) and that of built modules (`aot`): two entries, one source. */
function runtime(entry, target) {
  return () => node(join(root, "node_modules", "assemblyscript", "bin", "asc.js"), entry, "--target", target);
}

/** The doors that embedding programs use (docs/embedding.md). */
const API = ["compiler/index.ts", "jit/index.ts"];
const API_FILE = "api.mjs";

async function bundle() {
  const entries = { orus: "cli/main.ts", "worker-node": "jit/worker-node.ts" };
  const missing = Object.values(entries).filter((file) => !existsSync(join(root, file)));
  for (const file of missing) console.error(`build: ${file} does not exist; not bundled`);
  const { build } = await import("esbuild");
  const out = join(root, "dist", "bundle");
  const before = filesBelow(join("dist", "bundle"), [".mjs"]);
  let written;
  try {
    written = await build({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(Object.entries(entries).filter(([, file]) => !missing.includes(file))),
      outdir: out,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      // Commands are imported when they are asked for; each gets a file of its own, and what they share another.
      splitting: true,
      format: "esm",
      platform: "node",
      target: "node20",
      external: ["binaryen"],
      // Half of the time between bare Node and a program's first line is V8 reading our text: short names count.
      minify: true,
      legalComments: "none",
      metafile: true,
      logLevel: "warning",
    });
    await build({
      absWorkingDir: root,
      // What `import "orus"` gives: both doors, in one file of its own, so that the command's files stay as few as they are.
      stdin: { contents: API.map((door) => `export * from "./${door}";`).join("\n"), resolveDir: root },
      outfile: join(out, API_FILE),
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      external: ["binaryen"],
      legalComments: "none",
      logLevel: "warning",
    });
  } catch {
    return false; // esbuild has printed why
  }
  for (const file of Object.keys(written.metafile.outputs)) {
    // Commander is CommonJS and calls require() for Node's own modules, through this helper of esbuild's.
    const text = readFileSync(join(root, file), "utf8");
    if (!text.includes("Dynamic require of")) continue;
    const require = 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);\n';
    writeFileSync(join(root, file), require + text);
  }
  const kept = new Set(Object.keys(written.metafile.outputs).map((file) => join(file)));
  kept.add(join("dist", "bundle", API_FILE));
  for (const file of before) if (!kept.has(file)) rmSync(join(root, file), { force: true });
  if (existsSync(join(out, "orus.mjs"))) chmodSync(join(out, "orus.mjs"), 0o755);
  return missing.length === 0;
}

/** One row per step. Inputs are what makes it stale. */
function steps() {
  const sources = TS_FOLDERS.flatMap((folder) => filesBelow(folder, [".ts"]));
  const shipped = sources.filter((file) => /^(compiler|jit|aot|cli)[\\/]/.test(file));
  const own = join("scripts", "build.mjs");
  const assembly = [...filesBelow("runtime-as", [".ts"]), "asconfig.json"];
  return [
    { name: "tsc", inputs: [...sources, "tsconfig.json", "package-lock.json"], run: compile, makes: "dist/compiler" },
    {
      name: "binaryen",
      inputs: ["package-lock.json", join("scripts", "binaryen.mjs")],
      run: () => separateBinaryen(root),
      makes: "dist/binaryen",
    },
    {
      name: "asc",
      inputs: [...assembly, "package-lock.json"],
      run: runtime("runtime-as/index.ts", "release"),
      makes: "dist/runtime.wasm",
    },
    {
      name: "asc-aot",
      inputs: [...assembly, "package-lock.json"],
      run: runtime("runtime-as/aot.ts", "aot"),
      makes: "dist/runtime-aot.wasm",
    },
    { name: "bundle", inputs: [...shipped, "package-lock.json", own], run: bundle, makes: "dist/bundle/orus.mjs" },
  ];
}

/** Runs the stale steps; true when everything is up to date afterwards. */
export async function buildStale(force = false) {
  mkdirSync(join(root, "dist"), { recursive: true });
  let good = true;
  for (const step of steps()) {
    const stamp = join(root, "dist", `.${step.name}.stamp`);
    const now = fingerprint(step.inputs);
    const fresh = existsSync(join(root, step.makes)) && existsSync(stamp) && readFileSync(stamp, "utf8") === now;
    if (fresh && !force) continue;
    rmSync(stamp, { force: true });
    if (await step.run()) writeFileSync(stamp, now);
    else {
      good = false;
      console.error(`build: ${step.name} failed`);
    }
  }
  return good;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const good = await buildStale(process.argv.includes("--force"));
  const usable = ["dist/bundle/orus.mjs", "dist/runtime.wasm", "dist/runtime-aot.wasm"].every((file) =>
    existsSync(join(root, file)),
  );
  process.exitCode = good || (usable && process.argv.includes("--usable")) ? 0 : 1;
}
