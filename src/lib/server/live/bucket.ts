/** Allows `perSecond` on average and `burst` at once. */
export class Bucket {
	readonly #perSecond: number;
	readonly #burst: number;
	#tokens: number;
	#at: number;

	constructor(perSecond: number, burst: number, now: number) {
		this.#perSecond = perSecond;
		this.#burst = burst;
		this.#tokens = burst;
		this.#at = now;
	}

	/** Takes `cost` tokens when they are there; `now` in milliseconds of any steady clock. */
	take(cost: number, now: number): boolean {
		const passed = Math.max(0, now - this.#at) / 1000;
		this.#tokens = Math.min(this.#burst, this.#tokens + passed * this.#perSecond);
		this.#at = now;
		if (this.#tokens < cost) return false;
		this.#tokens -= cost;
		return true;
	}

	/** Whether nothing is owed any more, so that the bucket may be forgotten. */
	full(now: number): boolean {
		return this.take(0, now) && this.#tokens >= this.#burst;
	}
}
