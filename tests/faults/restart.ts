import { checkEnd } from './checker.ts';
import { must, quantile, rounded, until, type Fault } from './fault.ts';
import { onStage } from './stage.ts';
import { everybodyBack, typing } from './typist.ts';

/** A new version is rolled out while a whole assembly writes. */
export const restart: Fault = {
	name: 'restart',
	promise: 'deploy restart (SIGTERM), 500 editing: drained, flushed, 0 lost, no user action',
	async run({ small, count = 1 }) {
		const editors = small ? 40 : 500;
		return onStage({ people: editors }, async (stage) => {
			const { town, typists, acked } = stage;
			const stop = typing(typists, 25 / editors);
			const [stops, returns]: [number[], number[]] = [[], []];
			for (let round = 0; round < count; round += 1) {
				const goal = acked() + 100;
				await until(() => acked() >= goal, 'edits are acknowledged', 120_000);
				const began = performance.now();
				const { code } = await stage.server.end('SIGTERM');
				must(code === 0, `The server ended with ${code}`);
				stops.push(performance.now() - began);
				await stage.again();
				const serving = performance.now();
				await everybodyBack(typists);
				returns.push(...typists.map(({ openedAt }) => Math.max(0, openedAt - serving)));
				must(
					typists.every(({ document }) => document.reason === null),
					'Somebody was turned away'
				);
			}
			stop();
			await stage.settle();
			await stage.server.end('SIGKILL');
			const { acts } = await checkEnd(typists, town);
			return {
				editors,
				restarts: count,
				'stopped in ms': rounded(Math.max(...stops)),
				'back p95 ms': rounded(quantile(returns, 0.95)),
				'back max ms': rounded(Math.max(...returns)),
				acked: acts,
				lost: 0
			};
		});
	}
};
