package main

import "fmt"

//go:noinline
func sum(n int64) int64 {
	var total int64
	for i := int64(0); i < n; i++ {
		total += i % 7
	}
	return total
}

func main() { fmt.Println(sum(1000000000)) }
