"""The warehouse again, with dictionaries and comprehensions."""


def show(x):
    return str(int(x)) if isinstance(x, float) and x == int(x) else str(x)


class Warehouse:
    def __init__(self, rows):
        names = ("price", "stock", "minimum", "tags")
        self.products = {sku: dict(zip(names, rest)) for sku, *rest in rows}
        self.sold = 0
        self.revenue = 0.0

    def order(self, sku, units):
        """The delivered and the missing units, None for an unknown product."""
        product = self.products.get(sku)
        if product is None:
            return None
        taken = min(units, product["stock"])
        product["stock"] -= taken
        self.sold += taken
        self.revenue += taken * product["price"]
        return taken, units - taken

    def value(self):
        total = 0.0
        for p in self.products.values():
            total += p["stock"] * p["price"]
        return total

    def units(self):
        return sum(p["stock"] for p in self.products.values())


def describe(sku, outcome):
    if outcome is None:
        return f"no such product: {sku} / Outcome.Unknown({sku})"
    taken, missing = outcome
    if missing == 0:
        return f"{'one unit' if taken == 1 else f'{taken} units'} / Outcome.Filled({taken})"
    delivered = "sold out" if taken == 0 else f"{taken} units"
    return f"{delivered}, {missing} missing / Outcome.Partly({taken}, {missing})"


warehouse = Warehouse([
    ("bolt", 0.25, 400, 100, ["metal", "small"]),
    ("board", 12.5, 18, 5, ["wood"]),
    ("saw", 34.9, 7, 5, ["metal", "tool"]),
    ("glue", 4.75, 30, 12, ["small"]),
    ("drill", 119.0, 3, 4, ["metal", "tool", "electric"]),
    ("gift card", 20.0, 0, 5, []),
])
products = warehouse.products
print(f"value {warehouse.value():.2f} in {warehouse.units()} units")
for sku, units in [("bolt", 250), ("drill", 5), ("drill", 1), ("hammer", 1), ("saw", 1)]:
    print(f"{sku}:", describe(sku, warehouse.order(sku, units)))
print("partly:", str(warehouse.order("glue", 31) == (30, 1)).lower())
print(f"sold {warehouse.sold} for {warehouse.revenue:.2f}")
for sku, p in products.items():
    if p["stock"] < p["minimum"]:
        urgency = "now" if p["stock"] == 0 else "soon" if p["stock"] * 2 < p["minimum"] else "later"
        print(f"reorder {sku} x{p['minimum'] * 2 - p['stock']} {urgency}")

bargains = [sku for sku, p in products.items() if "metal" in p["tags"] and p["price"] < 30]
print("metal below 30:", ", ".join(bargains))
print("tools:", ", ".join(sku for sku, p in products.items() if "tool" in p["tags"]))
print("by price:", ", ".join(sorted(products, key=lambda sku: -products[sku]["price"])))
print("prices:", ", ".join(show(x) for x in sorted(p["price"] for p in products.values())))
print("stock:", ", ".join(str(p["stock"]) for p in products.values()))

random = 99
deliveries = delivered = unmet = 0
names = list(products)
before = warehouse.units() + warehouse.sold
for day in range(30000):
    random = (random * 1664525 + 1013904223) % 2**32
    sku = names[random // 65536 % 5]
    product = products[sku]
    unmet += warehouse.order(sku, random // 1024 % 7)[1]
    if product["stock"] < product["minimum"] and day % 3 == 0:
        lot = product["minimum"] * 2 - product["stock"]
        product["stock"] += lot
        delivered += lot
        deliveries += 1
print(f"season: {warehouse.sold} sold, {deliveries} deliveries of {delivered} units, {unmet} not met")
print("balance:", str(before + delivered == warehouse.units() + warehouse.sold).lower())
print(f"revenue {warehouse.revenue:.2f}, value {warehouse.value():.2f}")
print("stock:", ", ".join(str(p["stock"]) for p in products.values()))
