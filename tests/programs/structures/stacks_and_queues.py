"""The same with lists and deques of the library."""

from collections import deque


def some(value):
    return "Maybe.Nothing" if value is None else f"Maybe.Some({value})"


def show(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    return ", ".join(map(show, value)) if isinstance(value, list) else str(value)


def say(*values):
    print(*map(show, values))


def check_brackets(text):
    open_, pairs = [], {")": "(", "]": "[", "}": "{"}
    for i, c in enumerate(text):
        if c in "([{":
            open_.append((c, i))
        elif c in pairs and (not open_ or open_.pop()[0] != pairs[c]):
            return i
    return open_[-1][1] if open_ else None


def evaluate(tokens):
    stack = []
    for token in tokens:
        if token in "+-*/":
            right = stack.pop() if stack else None
            left = stack.pop() if stack else None
            if left is None or (token == "/" and right == 0):
                return f": stopped at {token} with {len(stack)} left"
            stack.append({"+": left + right, "-": left - right, "*": left * right}.get(token) if token != "/" else left / right)
        elif token.isdigit():
            stack.append(float(token))
        else:
            return f": stopped at {token} with {len(stack)} left"
    return f"= {show(stack[0])}" if len(stack) == 1 else f": {len(stack)} values"


print(some(5), some(5), some(4), some(3), some(None), some(None))
say("ada", "nobody", False)
words = deque(["one", "two", "three", "four"])
print(words.popleft(), words.popleft(), len(words))
words.append("five")
print(" ".join(words) + " |", some(None))
say(True, True, True, False, 3)
say(some(10), some(20), True, True, False, 3)
say(some(30), some(50), some(60), some(None))
say(True, True, "Hello", True, "Hello, ")
say(False, "Hello, you", 3, True, False)
for text in ["(a[b]{c})", "(]", "((", "", "f(x))", "{[()]}{"]:
    at = check_brackets(text)
    print(text, "fits" if at is None else f"fails at {at}")
for tokens in [["3", "4", "+", "2", "*"], ["1", "0", "/"], ["1", "+"], ["7", "2", "/", "x"], ["1", "2", "3"]]:
    print(", ".join(tokens), evaluate(tokens))
squares = [n * n for n in range(1, 6)]
say(squares, [n for n in squares if n % 2], squares[3:0:-1])
say(sum(squares), "yx")
say(["<1.5>", "<2.25>"], [1, 0])
say([s + str(n) for n, s in zip([1, 2, 3], ["a", "b"])])
say(max(3, 9, 4), max("pear", "fig", key=len))

counter, waiting = deque(), deque()
refused = served = longest = 0
seed = 11
for minute in range(20000):
    seed = (seed * 69069 + 1) % 2**32
    if seed // 65536 % 5 < 3:
        if len(counter) == 64:
            refused += 1
        else:
            counter.append(minute)
        waiting.append(minute)
    if seed // 4096 % 2 == 0:
        served += counter.popleft() if counter else 0
        longest = max(longest, minute - waiting.popleft()) if waiting else longest
print("refused", refused, "served", served, "waiting", len(waiting), len(counter), "longest", longest)
