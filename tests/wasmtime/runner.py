#!/usr/bin/env python3
"""Runs WASI preview 1 commands under wasmtime: many modules in one process.

Reads one JSON object per line on standard input: {"wasm": PATH, "stdin": PATH or null, "args": [...]}
and answers each with one line: {"exit": N, "stdout": BASE64, "stderr": BASE64, "trap": TEXT or null}.
A trap or an engine error is reported in `trap`, never hidden in an exit code.
With one argument, a .wasm file, it runs that file like a command line tool.
"""
import base64
import json
import os
import sys
import tempfile

import wasmtime


def run(engine, wasm, stdin, args, scratch):
    out, err = os.path.join(scratch, "out"), os.path.join(scratch, "err")
    store = wasmtime.Store(engine)
    wasi = wasmtime.WasiConfig()
    wasi.argv = [os.path.basename(wasm)] + list(args)
    if stdin:
        wasi.stdin_file = stdin
    wasi.stdout_file, wasi.stderr_file = out, err
    store.set_wasi(wasi)
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    code, trap = 0, None
    try:
        module = wasmtime.Module.from_file(engine, wasm)
        instance = linker.instantiate(store, module)
        instance.exports(store)["_start"](store)
    except wasmtime.ExitTrap as e:
        code = e.code
    except (wasmtime.WasmtimeError, wasmtime.Trap) as e:
        code, trap = 134, str(e)
    del store
    read = lambda p: open(p, "rb").read() if os.path.exists(p) else b""
    return code, read(out), read(err), trap


def main():
    engine = wasmtime.Engine()
    with tempfile.TemporaryDirectory() as scratch:
        if len(sys.argv) > 1:
            code, out, err, trap = run(engine, sys.argv[1], None, sys.argv[2:], scratch)
            sys.stdout.buffer.write(out)
            sys.stderr.buffer.write(err)
            if trap:
                sys.stderr.write(trap + "\n")
            sys.exit(code)
        for line in sys.stdin:
            q = json.loads(line)
            code, out, err, trap = run(engine, q["wasm"], q.get("stdin"), q.get("args", []), scratch)
            b64 = lambda b: base64.b64encode(b).decode()
            print(json.dumps({"exit": code, "stdout": b64(out), "stderr": b64(err), "trap": trap}), flush=True)


main()
