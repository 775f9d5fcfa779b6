/* Runs of an M/M/c queue that begin empty, with a heap of the times at which servers become free.
   The peer of the fast engine in test_queues.py, which compiles it where there is a C compiler.

   Use: queue RUNS CUSTOMERS SERVERS UTILISATION SEED
   Prints the mean wait in mean services, and the seconds that the simulation took. */

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t state[4];

/* xoshiro256++ by Blackman and Vigna (2021): fast, and good enough for any simulation. */
static inline uint64_t turned(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static inline uint64_t next(void) {
    uint64_t found = turned(state[0] + state[3], 23) + state[0], shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = turned(state[3], 45);
    return found;
}

static inline double exponential(void) { return -log(((next() >> 11) + 0.5) * 0x1p-53); }

/* Splitmix64 spreads a small seed over the whole state. */
static void plant(uint64_t seed) {
    for (int i = 0; i < 4; i++) {
        uint64_t x = seed += 0x9e3779b97f4a7c15u;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
        state[i] = x ^ (x >> 31);
    }
}

/* The earliest server is taken: put its new time where it belongs in the heap. */
static inline void replace_first(double *heap, int size, double time) {
    int place = 0;
    for (;;) {
        int below = 2 * place + 1;
        if (below >= size) break;
        if (below + 1 < size && heap[below + 1] < heap[below]) below++;
        if (heap[below] >= time) break;
        heap[place] = heap[below];
        place = below;
    }
    heap[place] = time;
}

int main(int count, char **words) {
    if (count != 6) return 1;
    long runs = atol(words[1]), customers = atol(words[2]);
    int servers = atoi(words[3]);
    double gap = 1 / (atof(words[4]) * servers), total = 0;
    double *free_at = malloc(servers * sizeof *free_at);
    plant(strtoull(words[5], NULL, 10));
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (long run = 0; run < runs; run++) {
        for (int k = 0; k < servers; k++) free_at[k] = 0;
        double now = 0, waits = 0;
        for (long n = 0; n < customers; n++) {
            now += gap * exponential();
            double start = now > free_at[0] ? now : free_at[0];
            waits += start - now;
            replace_first(free_at, servers, start + exponential());
        }
        total += waits / customers;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    printf("%.9f %.9f\n", total / runs,
           (to.tv_sec - from.tv_sec) + 1e-9 * (to.tv_nsec - from.tv_nsec));
    free(free_at);
    return 0;
}
