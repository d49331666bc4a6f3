def total(n):
    t = 0
    for i in range(n):
        t += i % 7
    return t


print(total(1000000000))
