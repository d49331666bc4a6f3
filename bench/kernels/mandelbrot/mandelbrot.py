def inside(size, limit):
    count = 0
    for py in range(size):
        y0 = py / size * 2.0 - 1.0
        for px in range(size):
            x0 = px / size * 3.0 - 2.0
            x = y = 0.0
            n = 0
            while n < limit and x * x + y * y <= 4.0:
                t = x * x - y * y + x0
                y = 2.0 * x * y + y0
                x = t
                n += 1
            if n == limit:
                count += 1
    return count


print(inside(1600, 500))
