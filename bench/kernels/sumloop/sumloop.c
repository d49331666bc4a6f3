#include <stdint.h>
#include <stdio.h>
__attribute__((noinline)) static int64_t sum(int64_t n) {
    int64_t total = 0;
    for (int64_t i = 0; i < n; i++) total += i % 7;
    return total;
}
int main(void) { printf("%lld\n", (long long)sum(1000000000)); return 0; }
