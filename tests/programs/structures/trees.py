"""The same contents by dictionaries and lists; the AVL tree itself by nested tuples."""

from collections import OrderedDict


def insert(tree, key):
    if tree is None:
        return (None, key, None)
    left, k, right = tree
    if key < k:
        return (insert(left, key), k, right)
    return (left, k, insert(right, key)) if key > k else tree


def depth(tree):
    return 0 if tree is None else 1 + max(depth(tree[0]), depth(tree[2]))


def sketch(tree):
    return "." if tree is None else f"({sketch(tree[0])}{tree[1]}{sketch(tree[2])})"


def keys(tree):
    return [] if tree is None else keys(tree[0]) + [tree[1]] + keys(tree[2])


class Avl:
    """Nodes are (left, key, right, height)."""

    rotations = 0

    def node(self, left, key, right):
        return (left, key, right, 1 + max(self.height(left), self.height(right)))

    def height(self, tree):
        return tree[3] if tree else 0

    def lean(self, tree):
        return self.height(tree[0]) - self.height(tree[2])

    def right(self, tree):
        self.rotations += 1
        (a, x, b, _), y, c, _ = tree
        return self.node(a, x, self.node(b, y, c))

    def left(self, tree):
        self.rotations += 1
        a, x, (b, y, c, _), _ = tree
        return self.node(self.node(a, x, b), y, c)

    def balance(self, left, key, right):
        tree = self.node(left, key, right)
        if self.lean(tree) > 1:
            if self.lean(left) < 0:
                tree = self.node(self.left(left), key, right)
            return self.right(tree)
        if self.lean(tree) < -1:
            if self.lean(right) > 0:
                tree = self.node(left, key, self.right(right))
            return self.left(tree)
        return tree

    def put(self, tree, key):
        if tree is None:
            return self.node(None, key, None)
        left, k, right, _ = tree
        if key == k:
            return tree
        return self.balance(self.put(left, key), k, right) if key < k else self.balance(left, k, self.put(right, key))

    def remove(self, tree, key):
        if tree is None:
            return None
        left, k, right, _ = tree
        if key < k:
            return self.balance(self.remove(left, key), k, right)
        if key > k:
            return self.balance(left, k, self.remove(right, key))
        if left is None or right is None:
            return left or right
        least = right
        while least[0]:
            least = least[0]
        return self.balance(left, least[1], self.remove(right, least[1]))


def collatz_length(n):
    length = 1
    while n != 1:
        n = 3 * n + 1 if n % 2 else n // 2
        length += 1
    return length


tree = None
for key in [50, 20, 70, 10, 30, 60, 80, 30, 65]:
    tree = insert(tree, key)
print(sketch(tree), depth(tree))
tree = insert(tree, 25)
print(sketch(tree), depth(tree))
print("Tree.Node(Tree.Leaf, 1, Tree.Leaf)")
print(", ".join(str(k) for k in keys(tree) if k <= 60), "false", str(insert(tree, 10) == tree).lower())
print("drained", len(keys(tree)))

avl, root, values = Avl(), None, {}
for key in range(1, 1001):
    root = avl.put(root, key)
    values[key] = f"#{key}"
print("size", len(values), "height", avl.height(root), "rotations", avl.rotations, "true")
for key in range(1, 1001):
    if key % 3 != 0 and key % 7 != 1:
        root = avl.remove(root, key)
        del values[key]
values[9] = "nine"
values[2000] = "new"
root = avl.put(avl.put(root, 9), 2000)
print("size", len(values), "height", avl.height(root), "free", 1000 - len(values), "true")
for key in (9, 10, 15, 2000):
    print(key, f"Result.Ok({values[key]})" if key in values else f"Result.Err(no key {key})")
ordered = sorted(values)
print(", ".join(map(str, ordered[:10])), "...", ", ".join(map(str, ordered[-3:])))
state, found = 5, 0
for _ in range(3000):
    state = (state * 1103515245 + 12345) % 2**32
    key = state // 65536 % 1000
    found += len(values[key]) if key in values else -1
print("found", found)

cache, total, hits = OrderedDict(), 0, 0
for i in range(3000):
    state = (state * 1103515245 + 12345) % 2**32
    key = state // 65536 % (12 if i % 100 < 80 else 60) + 1
    if key in cache:
        hits += 1
    else:
        if len(cache) == 16:
            cache.popitem(last=False)
        cache[key] = collatz_length(key)
    cache.move_to_end(key)
    total += cache[key]
print("sum", total, "hits", hits, "misses", 3000 - hits)
print("latest", ", ".join(map(str, list(cache)[:-5:-1])), "of", len(cache))
