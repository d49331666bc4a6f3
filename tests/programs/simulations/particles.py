"""The same as particles.orus, written independently in Python with complex numbers as vectors."""


def root(value):
    if value <= 0.0:
        return 0.0
    guess = 1.0
    while guess * guess < value:
        guess *= 2.0
    for _ in range(40):
        better = 0.5 * (guess + value / guess)
        if better >= guess:
            return guess
        guess = better
    return guess


def square(v):
    return v.real * v.real + v.imag * v.imag


def scaled(v, k):
    return complex(v.real * k, v.imag * k)


def show_number(v):
    return str(int(v)) if v == int(v) else repr(v)


class Particle:
    def __init__(self, mass, x, y, vx, vy):
        self.mass, self.position, self.velocity = float(mass), complex(x, y), complex(vx, vy)
        self.force, self.bounces = 0j, 0


def reflect(position, velocity, limit, keep):
    if position < 0.0:
        return -position * keep, -velocity * keep
    if position > limit:
        return limit - (position - limit) * keep, -velocity * keep
    return position, velocity


class Box:
    def __init__(self, width, height, gravity=-9.81):
        self.width, self.height, self.gravity, self.bounce = float(width), float(height), gravity, 0.9
        self.particles, self.links, self.time = [], [], 0.0

    def pull(self, p, towards, length, stiffness):
        way = towards - p.position
        distance = root(square(way))
        if distance > 0.0:
            p.force += scaled(way, (distance - length) * stiffness / distance)

    def advance(self, dt):
        for p in self.particles:
            p.force = complex(0.0, self.gravity * p.mass)
        for a, b, length, stiffness in self.links:
            if isinstance(b, complex):
                self.pull(a, b, 0.0, stiffness)
            else:
                self.pull(a, b.position, length, stiffness)
                self.pull(b, a.position, length, stiffness)
        for p in self.particles:
            p.velocity += scaled(p.force, dt / p.mass)
            p.position += scaled(p.velocity, dt)
            x, vx = reflect(p.position.real, p.velocity.real, self.width, self.bounce)
            y, vy = reflect(p.position.imag, p.velocity.imag, self.height, self.bounce)
            p.bounces += complex(vx, vy) != p.velocity
            p.position, p.velocity = complex(x, y), complex(vx, vy)
        self.time += dt

    def energy(self):
        total = 0.0
        for p in self.particles:
            total += 0.5 * p.mass * square(p.velocity) - p.mass * self.gravity * p.position.imag
        for a, b, length, k in self.links:
            if isinstance(b, complex):
                total += 0.5 * k * square(b - a.position)
            else:
                stretch = root(square(a.position - b.position)) - length
                total += 0.5 * k * stretch * stretch
        return total

    def show(self, title):
        center, mass = 0j, 0.0
        for p in self.particles:
            center += scaled(p.position, p.mass)
            mass += p.mass
        center = scaled(center, 1.0 / mass)
        print(f"{title}: t = {self.time:.2f}, energy {self.energy():.4f}, center ({center.real:.4f}, {center.imag:.4f})")


ball = Box(10, 10)
p = Particle(1, 1, 5, 0.75, 0)
ball.particles.append(p)
touched, heights, top = 0, [], 0.0
for _ in range(3000):
    ball.advance(0.002)
    top = max(top, p.position.imag)
    if p.bounces > touched:
        touched = p.bounces
        heights.append(top)
        top = 0.0
ball.show("ball")
print(touched, "bounces")
for h in heights:
    print(f"  from {h:.5f}")

pair = Box(100, 100, 0.0)
left, right = Particle(1, 48, 50, 0.5, 0.25), Particle(3, 53, 50, 0, 0)
pair.particles = [left, right]
pair.links = [(left, right, 4.0, 25.0)]
before, worst = pair.energy(), 0.0
for _ in range(1200):
    pair.advance(0.0025)
    worst = max(worst, abs(pair.energy() - before))
pair.show("pair")
momentum = left.velocity + scaled(right.velocity, 3.0)
print(f"momentum {momentum.real:.6f} {momentum.imag:.6f}, energy off by at most {worst:.3f} of {before:.3f}")

rope = Box(20, 20)
for i in range(6):
    rope.particles.append(Particle(0.5, 10 + i, 15, 0, 0))
    if i:
        rope.links.append((rope.particles[i - 1], rope.particles[i], 1.0, 200.0))
rope.links.append((rope.particles[0], complex(10.0, 15.0), 0.0, 500.0))
rope.show("rope")
for _ in range(3):
    for _ in range(160):
        rope.advance(0.008)
        for p in rope.particles:
            p.velocity = scaled(p.velocity, 0.97)
    rope.show("rope")
for p in rope.particles:
    print(f"  ({p.position.real:.3f}, {p.position.imag:.3f})")

print(*map(show_number, (root(2.0), root(1e10), root(0.0), root(0.25))))
try:
    stone = Box(1, 1)
    stone.particles.append(Particle(0, 0.5, 0.5, 0, 0))
    stone.advance(0.1)
    print("a stone without mass")
except ZeroDivisionError:
    print("Error: Division by zero")
