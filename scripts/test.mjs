/**
 * `npm test`: rebuilds what is stale, runs Jest on the compiled tests, then the conformance programs. Arguments go to
 * Jest (`npm test -- golden`), and then only Jest runs. A failed part does not hide the other; the exit code is 1
 * when any of them failed. The last line is that of the conformance run: `N passed, N failed`.
 */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildStale } from "./build.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const patterns = process.argv.slice(2);

function node(...args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] }).status === 0;
}

const built = await buildStale();
// Jest loads ES modules through node:vm, which Node 20 still calls experimental.
const jest = node(
  "--no-warnings",
  "--experimental-vm-modules",
  join("node_modules", "jest", "bin", "jest.js"),
  ...patterns,
);
const conforms = patterns.length > 0 || node(join("dist", "tests", "conformance", "run.js"));
if (!built) console.error("test: the build failed, see above");
process.exitCode = built && jest && conforms ? 0 : 1;
