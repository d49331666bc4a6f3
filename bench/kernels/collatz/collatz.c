#include <stdint.h>
#include <stdio.h>
__attribute__((noinline)) static int64_t longest(int64_t limit) {
    int64_t best = 0, best_start = 0;
    for (int64_t start = 1; start < limit; start++) {
        int64_t n = start, steps = 0;
        while (n != 1) {
            if (n % 2 == 0) n = n / 2;
            else n = 3 * n + 1;
            steps++;
        }
        if (steps > best) { best = steps; best_start = start; }
    }
    return best_start;
}
int main(void) { printf("%lld\n", (long long)longest(5000000)); return 0; }
