/**
 * The VM block and the records that the interpreter, native code and the drivers share. Addresses are constants:
 * native code reads `VM_BASE + VM.at.budget` as an absolute load.
 *
 *   0 ────── 1024 ───────── VM_BASE ─────────── STATIC_BASE ─────────── heap base ──────────────►
 *   unused   (null page)    VM block, traces    runtime's static data   program image, chunks, heap
 */
import { layout } from "./layout.js";

export const VM_BASE = 1024;
/** AssemblyScript's --memoryBase. */
export const STATIC_BASE = 32768;
/** Bytes of one window register. */
export const REG = 8;

export const VM = layout({
  /** Units (rounds and calls) left until the driver must be asked; counted down by all tiers; a charge at <= 0 asks first. */
  budget: "i32",
  /** All units that the driver has given so far, wrapping: granted - budget is what was charged, also across asking. */
  granted: "u32",
  /** Native code compares its hidden depth with this; depth >= depthStop takes the slow path. */
  depthStop: "i32",
  /** Calls nested below one from module level that are allowed. */
  maxDepth: "i32",
  /** End of the current register chunk. */
  chunkEnd: "ptr",
  /** Current chunk (CHUNK record). */
  chunk: "ptr",
  /** Depth at which native code was entered from the innermost interpreter run. */
  entryDepth: "i32",
  /** Host stack bytes that native code may still use, counted by the estimate of ARCHITECTURE 4. */
  hostLeft: "i32",
  /** The largest frame estimate in bytes of the installed native functions, kept by the engine. */
  frameBytes: "i32",
  /** The largest window in bytes of the installed native functions. */
  windowBytes: "i32",
  /** Where an UNWIND (or a loop exit with inlined frames) goes on: top window, bytecode address, depth. */
  resumeBase: "ptr",
  resumePc: "ptr",
  resumeDepth: "i32",
  /** STATUS.TAIL: function record, and the TAIL_CALL's bytecode address. */
  tailFn: "ptr",
  tailPc: "ptr",
  /** Where charging last happened: what Ctrl-C and E0040 report (bytecode address). */
  lastPc: "ptr",
  /** Pending error: number of the code (E0004 is 4), bytecode address (AOT: site id); 0: none. */
  errorCode: "i32",
  errorPc: "ptr",
  /** Uncatchable (fuel, time, cancel). */
  errorFlags: "u32",
  /** Trace: entries are bytecode addresses of calls (AOT: site ids), innermost first. */
  traceCount: "u32",
  /** Registers of the failing instruction, raw: operands b and c (or a and b), for messages that show values. */
  errorValue0: "i64",
  errorValue1: "i64",
  /** Output buffer: address, bytes used, capacity; the errno of a failed write. */
  outBuffer: "ptr",
  outUsed: "u32",
  outCapacity: "u32",
  outErrno: "i32",
  /** 1: flush at line ends. */
  outLineFlush: "u32",
  /** First free byte, 8-aligned; what the runtime's allocator hands out next. */
  heapNext: "ptr",
  heapEnd: "ptr",
  /** Native-tier counters for --stats (only what native code and the runtime alone can count). */
  nativeEntries: "i32",
  /** Base of the byte arrays of forced exits (configuration `exits`): force[site], reached[site]; 0: off. */
  forceBase: "ptr",
  reachedBase: "ptr",
  /** Exits of native code, counted by where the interpreter goes on: the u32 for bytecode address a is at a + exitCounts (wrapping); 0: off. */
  exitCounts: "u32",
  /** The innermost interpreter frame (its register 0): set by ops that allocate and before native code is entered. */
  frame: "ptr",
  /** Shadow stack of native code: 4-byte slots that hold references; where the next frame begins, and its end. */
  shadowTop: "ptr",
  shadowEnd: "ptr",
  shadowBase: "ptr",
  /** The largest shadow frame in bytes of the installed native functions, kept by the engine. */
  shadowBytes: "i32",
  /** Module variables that hold references: address of the first, number. */
  bankRefs: "ptr",
  bankRefCount: "u32",
  /** Arguments of a runtime function that allocates, while it does. */
  root0: "ptr",
  root1: "ptr",
  root2: "ptr",
  /** Bytes in blocks of the heap now, at most, and the limit (--max-heap; 0: none). */
  heapBytes: "u32",
  heapPeak: "u32",
  heapLimit: "u32",
  /** Bytes handed out since the last collection, and how many start the next one. */
  allocated: "u32",
  threshold: "u32",
  /** For --stats: bytes handed out before the last collection, collections. */
  allocatedBefore: "i64",
  collections: "u32",
  /** Two instructions, RETURN r0 and RETURN_VOID: where the interpreter goes on when a tail call was done natively. */
  returnWord: "u32",
  returnVoidWord: "u32",
  /** Test mode: collect at every allocation and overwrite what is free. */
  hostile: "u32",
  /** Set by runtime functions of extended ops that failed: the error's number, or FAILED_IO; 0: fine. */
  failed: "i32",
  /** The message of the pending error where it has words of the program in it: a string; 0: the one of the table. */
  errorText: "ptr",
  /** MESSAGE rows of the program image, sorted by number. */
  messages: "ptr",
  messageCount: "u32",
  /** A literal each: text of WHAT and REP names, see layout/names.ts. */
  names: "ptr",
  /**
   * The same as root0 to root2 for runtime functions that call those which use them: walks over objects, and what puts
   * texts together.
   */
  root3: "ptr",
  root4: "ptr",
  root5: "ptr",
  /** Built modules: SITE rows, and the calls that the entries of the pending error's trace stand for. */
  sites: "ptr",
  traceCalls: "u32",
});

/** Entries kept of a long trace: the innermost TRACE_EDGE and the outermost TRACE_EDGE (a ring). */
export const TRACE_EDGE = 10;
/** Address of the trace arrays: TRACE_EDGE first entries, then a ring of TRACE_EDGE last ones, 4 bytes each. */
export const TRACE_BASE = VM_BASE + VM.size;

/** Size classes of the allocator: one CLASS record each. */
export const CLASSES = 40;
export const CLASS = layout({
  /** Where the next object goes, and the end of the free run that it is in. */
  cursor: "ptr",
  limit: "ptr",
  /** Bytes of an object. */
  size: "u32",
  /** The block that is being filled, the first and the last block of the class. */
  current: "ptr",
  first: "ptr",
  last: "ptr",
  pad0: "u32",
  pad1: "u32",
});
export const CLASS_BASE = Math.ceil((TRACE_BASE + 2 * 4 * TRACE_EDGE) / 16) * 16;

/** The largest `heapLimit`: addresses have 32 bits, and 0 means that there is none. */
export const MAX_HEAP = 2 ** 32 - 1;

/** VM.failed: writing the output failed, which is no error of the language. */
export const FAILED_IO = -1;

/** Bits of VM.errorFlags. */
export const ERROR_UNCATCHABLE = 1;

/** Profile cell: words w1..w5 of LOOP, and the same fields in a function record. */
const cell = {
  /** Events in the interpreter, wraps at 2^32. */
  count: "u32",
  /** count + 1 >= trip (unsigned) takes the slow path: hot, or native code is installed (0). */
  trip: "u32",
  /** Table index of the native entry, 0: none. */
  entry: "u32",
  /** Native entries made from the interpreter, and the units that native code charged in them (wrapping). */
  entries: "u32",
  rounds: "u32",
} as const;
export const CELL = layout(cell);

/** What CALL refers to in memory. */
export const FN = layout({
  ...cell,
  /** Address of the first instruction. */
  code: "ptr",
  /** Bytes from register 0 to the end of the window (header not included). */
  windowBytes: "u32",
  /** Other references, zeroed on entry: first register and number. */
  zeroStart: "u16",
  zeroCount: "u16",
  /** Parameters that are references: registers 0 to refParams - 1. */
  refParams: "u32",
  /** Index in the chunk's functions. */
  index: "u32",
  /** 1: leaves a result in slot 0, which CALL copies; CALL's destination means nothing otherwise. */
  result: "u32",
  /** Its name as a literal; 0: it has none. */
  name: "ptr",
  /** TYPE of the function as a value; 0: unknown. */
  type: "ptr",
  /** HANDLER rows, inner ones first, and their number. */
  handlers: "ptr",
  handlerCount: "u32",
});

/**
 * A place of a built module that can fail or call: what it may have to say, one text for each error. `around`: number of the site of
 * the inlined call around it plus one; 0: none. `calls`: lines of a trace that it is, itself (if a call) and the ones around.
 */
export const SITE = layout({ texts: "ptr", count: "u32", around: "u32", calls: "u32" });
/** `start` and `end`: bytes of the error's message in the text, which VM.errorText takes the place of. */
export const SITE_TEXT = layout({ number: "u32", text: "ptr", length: "u32", start: "u16", end: "u16" });

/** Statuses of native bodies and entries. Loop entries return a bytecode address (>= STATIC_BASE) or one of these. */
export const STATUS = {
  OK: 0,
  /** A pending error is set; callers append their call site to its trace and return ERROR. */
  ERROR: 1,
  /** Every frame above is stored in its window and VM.resume* say where to go on; callers do the same and return UNWIND. */
  UNWIND: 2,
  /** The callee did not begin (depthStop): nothing was charged; the caller leaves *before* the call and returns UNWIND. */
  NOT_ENTERED: 3,
  /**
   * The body ended in a tail call of VM.tailFn, whose arguments are where the body's own were; the budget is not used up. Whoever
   * called the body calls that function in its place.
   */
  TAIL: 4,
} as const;
/** What the import `poll` answers: go on; a pending error was set; store every frame and return; leave this loop (batch). */
export const POLL = { GO_ON: 0, ERROR: 1, UNWIND: 2, LEAVE: 3 } as const;
/**
 * What `run` returns to its driver. DONE: the boundary frame returned. BUDGET: the budget word is used up. CAUGHT never leaves the runtime: an
 * error has a handler, the loop starts again there. */
export const RUN = { DONE: 0, ERROR: 1, BUDGET: 2, CAUGHT: 3 } as const;
