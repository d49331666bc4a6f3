def run(n):
    total = 0.0
    for i in range(n):
        a, inner = float(i), 0.0
        for j in range(n):
            b = float(j)
            inner += (a - b) * (a + b) / (a * a + b * b + 1.0)
        total += inner * inner
    return total


print("%.6f" % run(20000))
