package main

import "fmt"

//go:noinline
func inside(size, limit int32) int32 {
	var count int32
	for py := int32(0); py < size; py++ {
		y0 := float64(py)/float64(size)*2.0 - 1.0
		for px := int32(0); px < size; px++ {
			x0 := float64(px)/float64(size)*3.0 - 2.0
			x, y := 0.0, 0.0
			var n int32
			for n < limit && x*x+y*y <= 4.0 {
				t := x*x - y*y + x0
				y = 2.0*x*y + y0
				x = t
				n++
			}
			if n == limit {
				count++
			}
		}
	}
	return count
}

func main() { fmt.Println(inside(1600, 500)) }
