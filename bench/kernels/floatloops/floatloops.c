#include <stdio.h>
__attribute__((noinline)) static double run(int n) {
    double total = 0.0;
    for (int i = 0; i < n; i++) {
        double a = i, inner = 0.0;
        for (int j = 0; j < n; j++) {
            double b = j;
            inner += (a - b) * (a + b) / (a * a + b * b + 1.0);
        }
        total += inner * inner;
    }
    return total;
}
int main(void) { printf("%.6f\n", run(20000)); return 0; }
