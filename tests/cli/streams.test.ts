/** What was written is out, whatever is at the other end of the pipe. */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";

const streams = pathToFileURL(join(dirname(fileURLToPath(import.meta.url)), "..", "..", "cli", "streams.js")).href;
const SIZE = 1_000_000;
const WRITER = `import { writeText } from ${JSON.stringify(streams)};
  try { writeText(1, "x".repeat(${SIZE})); } catch (e) { process.exit(e.closed ? 74 : 1); }`;
/** Shares its non-blocking standard output with the writer, as a shell or a test runner may. */
const NON_BLOCKING = `import { spawnSync } from "node:child_process";
  process.stdout._handle.setBlocking(false);
  const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", ${JSON.stringify(WRITER)}], { stdio: "inherit" });
  process.exit(status);`;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const shell = (program: string, reader: string): { stdout: string; stderr: string } =>
  spawnSync(
    "bash",
    [
      "-c",
      `${quoted(process.execPath)} --input-type=module -e ${quoted(program)} | ${reader}; echo " \${PIPESTATUS[0]}"`,
    ],
    {
      encoding: "utf8",
      maxBuffer: 4 * SIZE,
    },
  );

test("a slow reader of a non-blocking pipe gets everything", () => {
  expect(shell(NON_BLOCKING, "(sleep 0.3; wc -c)").stdout.trim()).toBe(`${SIZE}\n 0`);
});

test("a reader that has gone is a closed output", () => {
  const { stdout, stderr } = shell(WRITER, "head -c 1");
  expect(stdout).toBe("x 74\n");
  expect(stderr).toBe("");
});
