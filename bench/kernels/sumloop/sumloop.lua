local function sum(n)
  local total = 0
  for i = 0, n - 1 do
    total = total + i % 7
  end
  return total
end
print(string.format("%d", sum(1000000000)))
