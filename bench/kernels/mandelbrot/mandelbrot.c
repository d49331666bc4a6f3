#include <stdio.h>
__attribute__((noinline)) static int inside(int size, int limit) {
    int count = 0;
    for (int py = 0; py < size; py++) {
        double y0 = (double)py / (double)size * 2.0 - 1.0;
        for (int px = 0; px < size; px++) {
            double x0 = (double)px / (double)size * 3.0 - 2.0, x = 0.0, y = 0.0;
            int n = 0;
            while (n < limit && x * x + y * y <= 4.0) {
                double t = x * x - y * y + x0;
                y = 2.0 * x * y + y0;
                x = t;
                n++;
            }
            if (n == limit) count++;
        }
    }
    return count;
}
int main(void) { printf("%d\n", inside(1600, 500)); return 0; }
