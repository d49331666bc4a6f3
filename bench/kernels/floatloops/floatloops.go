package main

import "fmt"

//go:noinline
func run(n int32) float64 {
	total := 0.0
	for i := int32(0); i < n; i++ {
		a, inner := float64(i), 0.0
		for j := int32(0); j < n; j++ {
			b := float64(j)
			inner += (a - b) * (a + b) / (a*a + b*b + 1.0)
		}
		total += inner * inner
	}
	return total
}

func main() { fmt.Printf("%.6f\n", run(20000)) }
