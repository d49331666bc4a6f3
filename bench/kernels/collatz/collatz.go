package main

import "fmt"

//go:noinline
func longest(limit int64) int64 {
	var best, bestStart int64
	for start := int64(1); start < limit; start++ {
		n, steps := start, int64(0)
		for n != 1 {
			if n%2 == 0 {
				n = n / 2
			} else {
				n = 3*n + 1
			}
			steps++
		}
		if steps > best {
			best, bestStart = steps, start
		}
	}
	return bestStart
}

func main() { fmt.Println(longest(5000000)) }
