/** Explanations of run-time errors about maps, options, thrown values, generators, oroutines, arguments and the host. */
import type { Code } from "../table.js";
import type { Entry } from "./entry.js";

export const RUNTIME_VALUES = {
  E0020: {
    text: "The map has no such key. `k in m` tells whether there is one, `m.get(k)` gives an `Option`.",
    wrong: `
ages = {"Ada": 36}
print(ages["Bob"])
`,
    right: `
ages = {"Ada": 36}
print(ages["Bob"] if "Bob" in ages else 0)
`,
  },
  E0021: {
    text: "Keys were added to or removed from a map or a set while a `for` goes over it. Collect the changes and make them after the loop.",
    wrong: `
ages = {"Ada": 36}
for name in ages:
    ages[name + "2"] = 1
`,
    right: `
ages = {"Ada": 36}
more: [string] = []
for name in ages:
    push(more, name + "2")
for name in more:
    ages[name] = 1
print(len(ages))
`,
  },
  E0024: {
    text: "`unwrap` takes the value out of `Some` or `Ok`, `unwrap_err` the error out of `Err`; the value is the other variant.",
    wrong: `
found: Option[i32] = None
print(found.unwrap())
`,
    right: `
found: Option[i32] = None
print(found.unwrap_or(0))
`,
  },
  E0025: {
    text: "The program has thrown this value, and nothing around has caught it.",
    wrong: `
fn pay(n: i32):
    if n > 3:
        throw "too much"
    print("paid", n)
pay(9)
`,
    right: `
fn pay(n: i32):
    if n > 3:
        throw "too much"
    print("paid", n)
try:
    pay(9)
catch e:
    print(e)
`,
  },
  E0026: {
    text: "A generator was asked for its next value by its own body, or was sent a value before `start`.",
    wrong: `
fn echo() -> Gen[i32, i32]:
    got = yield 1
    print(got)
g = echo()
print(g.resume(2))
`,
    right: `
fn echo() -> Gen[i32, i32]:
    got = yield 1
    print(got)
g = echo()
print(g.start())
print(g.resume(2))
`,
  },
  E0027: {
    text: "The channel has been closed: nothing more can be sent, and it cannot be closed again. What was sent before can still be received.",
    wrong: `
c = channel[i32](1)
c.close()
c.send(1)
`,
    right: `
c = channel[i32](1)
c.send(1)
c.close()
print(c.recv())
`,
  },
  E0028: {
    text: "The main program waits, and no oroutine, timer or input is left that could make it go on.",
    wrong: `
c = channel[i32]()
print(c.recv())
`,
    right: `
c = channel[i32](1)
c.send(1)
print(c.recv())
`,
  },
  E0029: {
    text: "The oroutine was cancelled: the error is raised where it waits, and by `join` on it.",
    wrong: `
fn work():
    sleep(1000)
o = spawn work()
yield
o.cancel()
o.join()
`,
    right: `
fn work():
    sleep(10)
o = spawn work()
o.join()
print(o.done())
`,
  },
  E0030: {
    text: "A built-in function was given an argument outside of its range. The numbers of `range` are of type `i64`, and so are its bounds.",
    wrong: `
last = 18446744073709551615u64
for i in range(0, last):
    print(i)
`,
    right: `
last = 3u64
for i in range(0, last):
    print(i)
`,
  },
  E0031: {
    text: "A function of the host has failed; the message is the host's.",
    wrong: `
extern "orus.test":
    fn fail(message: string)
fail("no such thing")
`,
    right: `
extern "orus.test":
    fn fail(message: string)
try:
    fail("no such thing")
catch e:
    print(e)
`,
  },
  E0032: {
    text: "The type implements `Index` for reading only. For `v[k] = x` it also needs `set_index`.",
    wrong: `
struct Squares:
    n: i32
impl Index[i32, i32] for Squares:
    fn index(self, key: i32) -> i32:
        return key * key
s = Squares{ n: 1 }
s[2] = 5
`,
    right: `
struct Squares:
    n: i32
impl Index[i32, i32] for Squares:
    fn index(self, key: i32) -> i32:
        return key * key
s = Squares{ n: 1 }
print(s[2])
`,
  },
} satisfies Partial<Record<Code, Entry>>;
