/**
 * How the server's process holds memory: settings that only count from a process's first moment on.
 *
 * V8 lets the young generation grow to a hundred megabytes under a crowd and gives them back when it pleases; a
 * fourth of that costs no more processor (`BENCHMARKS.md`). And glibc keeps up to 64 MB of what is freed, once a
 * single large message was: with a threshold that is named it gives back all above it.
 */
export const MEMORY = {
	flags: ['--max-semi-space-size=8'],
	env: { MALLOC_TRIM_THRESHOLD_: String(4 * 2 ** 20) }
};
