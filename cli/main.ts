#!/usr/bin/env node
/**
 * The `orus` command: arguments to a command, its answer to an exit code, and the net under everything. Commands are
 * imported when they are asked for, so that a program starts without what builds, explains or dumps.
 */
import { understand } from "./argv.js";
import type { Call, CommandName } from "./options.js";
import { OutputError, writeText } from "./streams.js";
import { UsageError } from "./usage.js";

/** Exit codes of the tools; a program's own come from `exit(N)`. */
const EXIT = { USAGE: 64, FAULT: 70, OUTPUT: 74 } as const;

interface Command {
  /** Does it; answers the exit code. */
  execute(call: Call): number | Promise<number>;
}

const LOAD: Readonly<Record<CommandName, () => Promise<Command>>> = {
  run: () => import("./commands/run.js"),
  check: () => import("./commands/check.js"),
  build: () => import("./commands/build.js"),
  dis: () => import("./commands/dis.js"),
  explain: () => import("./commands/explain.js"),
  version: () => import("./commands/version.js"),
  help: () => import("./commands/help.js"),
};

async function main(argv: readonly string[]): Promise<number> {
  const call = await understand(argv);
  return (await LOAD[call.command]()).execute(call);
}

/** What is thrown to here, as an exit code. */
async function failed(e: unknown): Promise<number> {
  if (e instanceof OutputError) {
    if (!e.closed) writeText(2, `orus: ${e.message}\n`);
    return EXIT.OUTPUT;
  }
  if (e instanceof UsageError) {
    writeText(2, `orus: ${e.message}\n`);
    return EXIT.USAGE;
  }
  (await import("./fault.js")).reportFault(e);
  return EXIT.FAULT;
}

async function leave(work: () => Promise<number>): Promise<never> {
  let code: number;
  try {
    code = await work();
  } catch (e) {
    // Standard error may be closed too; then there is nobody to tell.
    code = await failed(e).catch(() => EXIT.OUTPUT);
  }
  process.exit(code);
}

process.on("uncaughtException", (e) => void leave(() => failed(e)));
await leave(() => main(process.argv.slice(2)));
