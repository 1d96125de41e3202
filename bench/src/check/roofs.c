/*
 * The yardsticks of PeakBenchmark and BandwidthBenchmark once more, in C with the compiler's vector
 * extensions, to see that Java measures the hardware and not itself.
 *
 *     gcc -O3 -march=native -mprefer-vector-width=512 -fno-tree-loop-distribute-patterns roofs.c -o roofs && ./roofs
 *
 * Prints GFLOP/s of fused multiply-adds by width, and GB/s (read plus written) by the bytes of all
 * operands; arguments replace these sizes. One thread.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#if defined(__AVX512F__)
#define WIDEST 64
#elif defined(__AVX__)
#define WIDEST 32
#else
#define WIDEST 16
#endif

/* As JMH does for the calibration of a run: the fastest of 20 iterations of 20 ms. */
#define ITERATIONS 20
#define SECONDS 0.02
#define PER_CHAIN (1 << 18)

#if defined(__aarch64__)
#define REGISTER(V) "+w"(V)
#else
#define REGISTER(V) "+v"(V)
#endif

typedef float vector __attribute__((vector_size(WIDEST)));

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

/* One step of ten chains of multiply-adds. */
#define CHAINS(STEP) STEP(0) STEP(1) STEP(2) STEP(3) STEP(4) STEP(5) STEP(6) STEP(7) STEP(8) STEP(9)
#define DECLARE(J) v c##J = {0};
#define MULTIPLY_ADD(J) c##J += a * b;
/* The compiler may neither drop a chain nor move it out of its register. */
#define KEEP(J) __asm__ volatile("" : REGISTER(c##J));

/* A function of its own, as variables that live across a call would live in memory. */
#define PEAK(BYTES)                                                             \
  __attribute__((noinline)) static void chains##BYTES(void) {                   \
    typedef float v __attribute__((vector_size(BYTES)));                        \
    v a = {0}, b = {0};                                                         \
    CHAINS(DECLARE)                                                             \
    __asm__ volatile("" : REGISTER(a), REGISTER(b));                            \
    for (int i = 0; i < PER_CHAIN / (BYTES / 4); i++) {                         \
      CHAINS(MULTIPLY_ADD)                                                      \
      CHAINS(KEEP)                                                              \
    }                                                                           \
  }                                                                             \
                                                                                \
  static double peak##BYTES(void) {                                             \
    double best = 0;                                                            \
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {              \
      double calls = 0, start = now(), time;                                    \
      do {                                                                      \
        chains##BYTES();                                                        \
        calls++;                                                                \
        time = now() - start;                                                   \
      } while (time < SECONDS);                                                 \
      double rate = 2.0 * 10 * PER_CHAIN * calls / time * 1e-9;                 \
      if (rate > best) best = rate;                                             \
    }                                                                           \
    return best;                                                                \
  }

PEAK(16)
#if WIDEST >= 32
PEAK(32)
#endif
#if WIDEST >= 64
PEAK(64)
#endif

static float *operand(size_t bytes, float value) {
  float *p = aligned_alloc(64, bytes);
  for (size_t i = 0; i < bytes / 4; i++) p[i] = value;
  return p;
}

static volatile float sink;

/* In four places at a time, as BandwidthBenchmark does. */
static void read_all(const float *restrict b, size_t n) {
  const vector *p = (const vector *) b;
  size_t quarter = n / (WIDEST / 4) / 4;
  vector s[8] = {{0}};
  for (size_t i = 0; i < quarter; i += 2)
    for (int j = 0; j < 8; j++) s[j] += p[i + j / 2 * quarter + j % 2];
  for (int j = 1; j < 8; j++) s[0] += s[j];
  sink = s[0][0];
}

static void copy(float *restrict a, const float *restrict b, size_t n) {
  for (size_t i = 0; i < n; i++) a[i] = b[i];
}

static void triad(float *restrict a, const float *restrict b, const float *restrict c, size_t n) {
  for (size_t i = 0; i < n; i++) a[i] = b[i] + 0.5f * c[i];
}

static void update(float *restrict a, const float *restrict b, size_t n) {
  vector *p = (vector *) a;
  const vector *q = (const vector *) b;
  for (size_t i = 0; i < n / (WIDEST / 4); i += 4) {
    vector v[4];
    for (int j = 0; j < 4; j++) v[j] = p[i + j] + 0.5f * q[i + j];
    for (int j = 0; j < 4; j++) p[i + j] = v[j];
  }
}

static void bandwidth(size_t bytes) {
  const char *names[] = {"read", "copy", "triad", "update"};
  for (int access = 0; access < 4; access++) {
    size_t transfers = access < 3 ? access + 1 : 3, operands = access < 3 ? access + 1 : 2, size = bytes / operands / 512 * 512, n = size / 4;
    float *a = operand(size, 3), *b = operand(size, 2), *c = operand(size, 1);
    int passes = bytes < (1 << 20) ? (int) ((1 << 20) / bytes) : 1;
    double best = 0;
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double calls = 0, start = now(), time;
      do {
        for (int pass = 0; pass < passes; pass++) {
          if (access == 0) read_all(b, n);
          if (access == 1) copy(a, b, n);
          if (access == 2) triad(a, b, c, n);
          if (access == 3) update(a, b, n);
          __asm__ volatile("" ::: "memory");
        }
        calls++;
        time = now() - start;
      } while (time < SECONDS);
      double rate = (double) transfers * size * passes * calls / time * 1e-9;
      if (rate > best) best = rate;
    }
    printf("%-6s %10zu bytes %8.1f GB/s\n", names[access], bytes, best);
    free(a);
    free(b);
    free(c);
  }
}

int main(int argc, char **argv) {
  printf("peak    128 bits %14.1f GFLOP/s\n", peak16());
#if WIDEST >= 32
  printf("peak    256 bits %14.1f GFLOP/s\n", peak32());
#endif
#if WIDEST >= 64
  printf("peak    512 bits %14.1f GFLOP/s\n", peak64());
#endif
  size_t usual[] = {16384, 524288, 16777216, 134217728};
  for (int i = 0; i < (argc > 1 ? argc - 1 : 4); i++)
    bandwidth(argc > 1 ? strtoull(argv[i + 1], NULL, 10) : usual[i]);
  return 0;
}
