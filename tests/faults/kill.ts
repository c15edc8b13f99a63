import { assertSound, checkEnd, compare, remainsOf } from './checker.ts';
import { must, quantile, rounded, until, type Fault } from './fault.ts';
import { onStage } from './stage.ts';
import { everybodyBack, typing } from './typist.ts';

/** `kill -9` in the middle of the work, again and again. */
export const kill: Fault = {
	name: 'kill',
	promise:
		'kill -9 under 50 editors, 200 times: every acked edit present, identical state, back p95 < 5 s',
	async run({ small, count = small ? 5 : 200, say }) {
		const editors = small ? 20 : 50;
		return onStage({ people: editors }, async (stage) => {
			const { town, typists, acked } = stage;
			const stop = typing(typists, 2);
			const returns: number[] = [];
			const boots: number[] = [];
			const began = performance.now();
			for (let round = 1; round <= count; round += 1) {
				const goal = acked() + editors * (1 + (round % 3));
				await until(() => acked() >= goal, 'edits are acknowledged', 120_000);
				await stage.server.end('SIGKILL');
				const remains = await remainsOf(town, false);
				assertSound(compare(typists, remains, false), `after kill ${round}`);
				const started = performance.now();
				await stage.again();
				const serving = performance.now();
				boots.push(serving - started);
				await everybodyBack(typists);
				returns.push(...typists.map(({ openedAt }) => Math.max(0, openedAt - serving)));
				if (round % 10 !== 0) continue;
				const p95 = Math.round(quantile(returns, 0.95));
				const minutes = rounded((performance.now() - began) / 60_000, 1);
				say(`${round} kills in ${minutes} min, ${acked()} acked, 0 lost, back p95 ${p95} ms`);
			}
			stop();
			await stage.settle();
			await stage.server.end('SIGKILL');
			const { acts, rows } = await checkEnd(typists, town);
			const p95 = quantile(returns, 0.95);
			must(p95 < 5_000, `0 of ${acts} lost, but p95 of coming back was ${Math.round(p95)} ms`);
			const most = rounded(Math.max(...returns));
			const figures = { kills: count, editors, acked: acts, rows, lost: 0 };
			return {
				...figures,
				'back p50 ms': rounded(quantile(returns, 0.5)),
				'back p95 ms': rounded(p95),
				'back max ms': most,
				'start p50 ms': rounded(quantile(boots, 0.5))
			};
		});
	}
};
