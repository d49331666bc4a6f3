local function run(n)
  local total = 0.0
  for i = 0, n - 1 do
    local a, inner = i + 0.0, 0.0
    for j = 0, n - 1 do
      local b = j + 0.0
      inner = inner + (a - b) * (a + b) / (a * a + b * b + 1.0)
    end
    total = total + inner * inner
  end
  return total
end
print(string.format("%.6f", run(20000)))
