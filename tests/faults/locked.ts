import Database from 'better-sqlite3';
import { checkEnd } from './checker.ts';
import { must, pause, quantile, rounded, until, type Fault } from './fault.ts';
import { flood } from './flood.ts';
import { onStage } from './stage.ts';
import { typing } from './typist.ts';

/** Another process holds the database while people type and a crowd floods the queue. */
export const locked: Fault = {
	name: 'locked',
	promise: 'database locked 30 s: bounded queue, no false ack, event-loop lag < 200 ms',
	async run({ small }) {
		const seconds = small ? 6 : 30;
		return onStage({ people: 40, typists: 10 }, async (stage) => {
			const { town, server, typists, acked } = stage;
			const stop = typing(typists, 2);
			await until(() => acked() > 40, 'edits are acknowledged');
			const crowd = await flood(server.port, town, town.editors.slice(10), 80);
			const other = new Database(town.file, { timeout: 30_000 });
			other.exec('BEGIN EXCLUSIVE');
			await pause(300);
			const [ackedLocked, before] = [acked(), await server.figures()];
			crowd.begin();
			await pause(seconds * 1_000);
			must(
				acked() === ackedLocked,
				`${acked() - ackedLocked} edits were acknowledged while locked`
			);
			const page = await fetch(`${server.url}/documents/${town.slug}`);
			must(page.status === 200, `The page answered ${page.status} while locked`);
			const inside = await server.figures();
			crowd.stop();
			other.exec('COMMIT');
			other.close();
			const freed = performance.now();
			const waiting = typists.reduce((sum, { document }) => sum + document.unsaved, 0);
			await until(() => acked() >= ackedLocked + waiting / 2, 'work goes on');
			const recovered = performance.now() - freed;
			stop();
			await stage.settle();
			await server.end('SIGKILL');
			const { acts } = await checkEnd(typists, town);
			const growth = (inside.rss - before.rss) / 2 ** 20;
			must(
				inside.held < 200,
				`The event loop was held for ${rounded(inside.held)} ms (computing ${rounded(inside.computed)})`
			);
			must(growth < 100, `The server grew by ${rounded(growth)} MB`);
			return {
				seconds,
				'acked while locked': 0,
				flooded: crowd.sent,
				refused: [...crowd.refusals].map(([code, times]) => `${code}=${times}`).join(' ') || 'none',
				'loop held ms': rounded(inside.held, 1),
				'longest handler ms': rounded(inside.handler, 1),
				'memory grown MB': rounded(growth),
				'recovered ms': rounded(recovered),
				'ack p95 ms': rounded(
					quantile(
						typists.flatMap(({ journal }) => journal.waits(freed)),
						0.95
					)
				),
				acked: acts,
				lost: 0
			};
		});
	}
};
