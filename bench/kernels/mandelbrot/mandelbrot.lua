local function inside(size, limit)
  local count = 0
  for py = 0, size - 1 do
    local y0 = py / size * 2.0 - 1.0
    for px = 0, size - 1 do
      local x0 = px / size * 3.0 - 2.0
      local x, y, n = 0.0, 0.0, 0
      while n < limit and x * x + y * y <= 4.0 do
        local t = x * x - y * y + x0
        y = 2.0 * x * y + y0
        x = t
        n = n + 1
      end
      if n == limit then count = count + 1 end
    end
  end
  return count
end
print(inside(1600, 500))
