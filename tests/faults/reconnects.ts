import { must, pause, quantile, rounded, until, type Fault } from './fault.ts';
import { onStage, type Stage } from './stage.ts';
import { BareClient } from './wire.ts';

/** The waits of the product's own client (`live/link.ts`). */
const FIRST_MS = 400;
const MOST_MS = 3_000;
const SPREAD = 0.5;

/** A server dies with a crowd connected to it, and comes back. */
export const reconnects: Fault = {
	name: 'reconnects',
	promise: '10,000 reconnects at once: jittered, all back within 60 s',
	async run({ small, count = small ? 300 : 10_000, say }) {
		return onStage({ people: 100, typists: 5 }, async (stage) => {
			const crowd = Array.from({ length: count }, (_, index) => new Member(stage, index));
			for (const [index, member] of crowd.entries()) {
				void member.come();
				// At most a few dozen on the way in while the house fills.
				await until(
					() => index - crowd.filter((one) => one.inside).length < 100,
					'they enter',
					300_000
				);
			}
			await until(() => crowd.every(({ inside }) => inside), 'everybody is in', 300_000);
			const { rss } = await stage.server.figures();
			say(`${count} are in, the server has ${rounded(rss / 2 ** 20)} MB`);
			await stage.server.end('SIGKILL');
			await until(() => crowd.every(({ inside }) => !inside), 'everybody is out');
			await stage.again();
			const serving = performance.now();
			await until(
				() => crowd.every(({ inside }) => inside),
				() => `everybody is back (${crowd.filter((one) => !one.inside).length} are not)`,
				300_000
			);
			const waits = crowd.map(({ cameAt }) => Math.max(0, cameAt - serving));
			const last = Math.max(...waits);
			const inside = await stage.server.figures();
			crowd.forEach((member) => member.leave());
			await stage.settle();
			must(last < 60_000, `The last was back after ${rounded(last / 1000, 1)} s`);
			return {
				connections: count,
				'back p50 s': rounded(quantile(waits, 0.5) / 1000, 1),
				'back p95 s': rounded(quantile(waits, 0.95) / 1000, 1),
				'back last s': rounded(last / 1000, 1),
				'attempts each': rounded(crowd.reduce((sum, { attempts }) => sum + attempts, 0) / count, 1),
				'server MB': rounded(inside.rss / 2 ** 20)
			};
		});
	}
};

/** Somebody who comes back as the product's client does; one in ten writes, the others read. */
class Member {
	inside = false;
	cameAt = 0;
	attempts = 0;
	readonly #stage: Stage;
	readonly #index: number;
	#client: BareClient | null = null;
	#gone = false;

	constructor(stage: Stage, index: number) {
		this.#stage = stage;
		this.#index = index;
	}

	async come(): Promise<void> {
		for (let attempt = 0; !this.#gone; attempt += 1) {
			const client = await this.#enter();
			if (client) {
				attempt = 0;
				this.#client = client;
				[this.inside, this.cameAt] = [true, performance.now()];
				await client.closed;
				this.inside = false;
			}
			const wait = FIRST_MS * 2 ** attempt * (1 - SPREAD + 2 * SPREAD * Math.random());
			await pause(Math.min(MOST_MS, wait));
		}
	}

	leave(): void {
		this.#gone = true;
		this.#client?.end();
	}

	async #enter(): Promise<BareClient | null> {
		const { server, town } = this.#stage;
		const writes = this.#index % 10 === 0;
		const { cookie } = town.editors[this.#index % town.editors.length]!;
		const client = new BareClient({ port: server.port, cookie: writes ? cookie : undefined });
		this.attempts += 1;
		const mode = writes ? 'write' : 'read';
		const answer = (await client.welcome()) ? await client.open(town.documentId, mode) : null;
		if (answer && !answer.refusal) return client;
		client.end();
		return null;
	}
}
