/** How measurements of many short acts are taken and summed up. */
/** Median and 99th percentile of some durations, in microseconds. */
function summary(durations: number[]): Cost {
	const sorted = durations.toSorted((a, b) => a - b);
	const at = (part: number) => Math.round(sorted[Math.floor(part * (sorted.length - 1))]! * 1000);
	return { median: at(0.5), p99: at(0.99) };
}

/** Runs an act so many times; the last fifth counts, the others are there to warm up. */
export function timed(times: number, act: (i: number) => void): Cost {
	const durations = Array.from({ length: times }, (_, i) => {
		const start = performance.now();
		act(i);
		return performance.now() - start;
	});
	return summary(durations.slice(-times / 5));
}

/** Microseconds. */
export interface Cost {
	median: number;
	p99: number;
}
