/** Explanations of type errors about structs, enums, traits and type parameters. */
import type { Code } from "../table.js";
import type { Entry } from "./entry.js";

export const DECLARED_TYPES = {
  E2010: {
    text: "The value has no field of this name. Fields of a struct are those that its declaration lists; methods are called with parentheses.",
    wrong: `
struct Point:
    x: i32
    y: i32
p = Point{ x: 1, y: 2 }
print(p.z)
`,
    right: `
struct Point:
    x: i32
    y: i32
p = Point{ x: 1, y: 2 }
print(p.x + p.y)
`,
  },
  E2011: {
    text: "The type of the value has no method of this name. A type parameter has the methods of its bounds only.",
    wrong: `
struct Point:
    x: i32
impl Point:
    fn norm(self) -> i32:
        return self.x * self.x
p = Point{ x: 3 }
print(p.norn())
`,
    right: `
struct Point:
    x: i32
impl Point:
    fn norm(self) -> i32:
        return self.x * self.x
p = Point{ x: 3 }
print(p.norm())
`,
  },
  E2012: {
    text: "A struct literal gives a value to every field that has no default. The missing ones are listed.",
    wrong: `
struct Point:
    x: i32
    y: i32
p = Point{ x: 1 }
print(p.x)
`,
    right: `
struct Point:
    x: i32
    y: i32 = 0
p = Point{ x: 1 }
print(p.x)
`,
  },
  E2016: {
    text: "The enum has no variant of this name. A variant is written with the name of its enum: `Color.Green`.",
    wrong: `
enum Color:
    Red
    Green
c = Color.Blue
print(c)
`,
    right: `
enum Color:
    Red
    Green
c = Color.Green
print(c)
`,
  },
  E2017: {
    text: "The pattern names more or fewer values than the variant carries. `_` stands for a value that is not needed.",
    wrong: `
enum Shape:
    Circle(r: i32)
    Dot
s = Shape.Circle(3)
match s:
    Shape.Circle(x, y) -> print(x + y)
    Shape.Dot -> print("dot")
`,
    right: `
enum Shape:
    Circle(r: i32)
    Dot
s = Shape.Circle(3)
match s:
    Shape.Circle(r) -> print(r)
    Shape.Dot -> print("dot")
`,
  },
  E2022: {
    text: "A method whose first parameter is `self` is called on a value; one without it is called on the type.",
    wrong: `
struct Acc:
    v: i32
impl Acc:
    fn get(self) -> i32:
        return self.v
print(Acc.get())
`,
    right: `
struct Acc:
    v: i32
impl Acc:
    fn get(self) -> i32:
        return self.v
a = Acc{ v: 3 }
print(a.get())
`,
  },
  E2023: {
    text: "A struct that has a field of its own type would need one of its kind to make the first. An array in between may be empty, and an enum may have a variant that ends it.",
    wrong: `
struct Node:
    value: i32
    next: Node
print("never")
`,
    right: `
struct Node:
    value: i32
    children: [Node]
leaf = Node{ value: 1, children: [] }
root = Node{ value: 2, children: [leaf] }
print(root.value, len(root.children))
`,
  },
  E2024: {
    text: "A type is nested so deeply that nobody would read it: more than 1000 arrays, enums or functions inside each other. Such types come from functions that wrap what they are given, applied again and again.",
    wrong: `
fn w(a): [a,]
fn x(a): w(w(w(w(w(w(w(w(w(w(a))))))))))
fn y(a): x(x(x(x(x(x(x(x(x(x(a))))))))))
fn z(a): y(y(y(y(y(y(y(y(y(y(a))))))))))
`,
    right: `
fn w(a): [a,]
fn x(a): w(w(w(a)))
print(x(1))
`,
  },
  E2026: {
    text: "The function or type asks of its type parameter for a trait, and the type argument does not implement it.",
    wrong: `
struct P:
    x: i32
fn larger[T: Ord](a: T, b: T) -> T:
    return a if a > b else b
print(larger(P{ x: 1 }, P{ x: 2 }).x)
`,
    right: `
struct P:
    x: i32
impl Ord for P:
    fn cmp(self, other: P) -> i32:
        return self.x - other.x
fn larger[T: Ord](a: T, b: T) -> T:
    return a if a > b else b
print(larger(P{ x: 1 }, P{ x: 2 }).x)
`,
  },
  E2027: {
    text: "An `impl Trait for Type` has every method that the trait requires, with the signature of the trait, and no other.",
    wrong: `
trait Shape:
    fn area(self) -> f64
    fn name(self) -> string
struct Square:
    side: f64
impl Shape for Square:
    fn area(self) -> f64:
        return self.side * self.side
s = Square{ side: 2.0 }
print(s.area())
`,
    right: `
trait Shape:
    fn area(self) -> f64
    fn name(self) -> string
struct Square:
    side: f64
impl Shape for Square:
    fn area(self) -> f64:
        return self.side * self.side
    fn name(self) -> string:
        return "square"
s = Square{ side: 2.0 }
print(s.name(), s.area())
`,
  },
  E2028: {
    text: "A program has one implementation of a trait for a type, and it stands in the module that declares the trait or the type: otherwise two modules could disagree.",
    wrong: `
struct P:
    x: i32
impl Show for P:
    fn show(self) -> string:
        return "a"
impl Show for P:
    fn show(self) -> string:
        return "b"
print(P{ x: 1 })
`,
    right: `
struct P:
    x: i32
impl Show for P:
    fn show(self) -> string:
        return "a"
print(P{ x: 1 })
`,
  },
  E2029: {
    text: "A trait can be used as a type when all its methods take `self` first and mention neither `Self` elsewhere nor type parameters of their own: which types fit together would not be known otherwise. Use the trait as a bound instead.",
    wrong: `
trait Same:
    fn same(self, other: Self) -> bool
fn count(xs: [Same]) -> i32:
    return len(xs)
print(count([]))
`,
    right: `
trait Same:
    fn same(self, other: Self) -> bool
struct P:
    x: i32
impl Same for P:
    fn same(self, other: P) -> bool:
        return self.x == other.x
fn alike[T: Same](a: T, b: T) -> bool:
    return a.same(b)
print(alike(P{ x: 1 }, P{ x: 1 }))
`,
  },
  E2030: {
    text: "A generic type or function takes as many type arguments as it has type parameters.",
    wrong: `
enum Box[T]:
    Full(v: T)
    Empty
b: Box[i32, string] = Box.Full(1)
print(b)
`,
    right: `
enum Box[T]:
    Full(v: T)
    Empty
b: Box[i32] = Box.Full(1)
print(b)
`,
  },
} satisfies Partial<Record<Code, Entry>>;
