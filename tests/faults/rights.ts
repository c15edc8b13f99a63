import Database from 'better-sqlite3';
import { must, pause, rounded, until, type Fault } from './fault.ts';
import { onStage } from './stage.ts';
import { typing } from './typist.ts';

/** The lead of a draft lets a co-drafter go in the middle of a word, on the settings page. */
export const rights: Fault = {
	name: 'rights',
	promise: 'right removed mid-edit: next update refused within 1 s, unsent text kept on the device',
	async run({ small }) {
		const rounds = small ? 3 : 20;
		return onStage({ people: rounds + 3 }, async (stage) => {
			const { town, server, typists, acked } = stage;
			const stop = typing(typists, 10);
			await until(() => acked() > 100, 'edits are acknowledged');
			const waits: number[] = [];
			let kept = 0;
			for (const { person, document, storage } of typists.slice(0, rounds)) {
				const answer = fetch(`${server.url}/documents/${town.slug}/settings?/let_go`, {
					method: 'POST',
					headers: { origin: server.url, cookie: town.lead.cookie, accept: 'text/html' },
					body: new URLSearchParams({ person: person.id, part: 'co_drafter' }),
					redirect: 'manual'
				});
				const { status } = await answer;
				const removed = performance.now();
				must(status === 303, `The settings page answered ${status}`);
				const rowsThen = rowsOf(town.file, person.id);
				await until(
					() => document.reason !== null || document.right === 'read',
					'they are told',
					5_000
				);
				waits.push(performance.now() - removed);
				await pause(50);
				must(rowsOf(town.file, person.id) === rowsThen, 'Something was written after the removal');
				kept += (await storage.kept()).length;
				must(document.unsaved === 0, 'Something is neither saved nor kept');
			}
			const before = acked();
			await until(() => acked() > before + 10, 'the others write on');
			stop();
			await stage.settle();
			must(Math.max(...waits) < 1_000, `It took ${rounded(Math.max(...waits))} ms`);
			return {
				removals: rounds,
				'refused within ms': rounded(Math.max(...waits)),
				kept,
				'written after': 0
			};
		});
	}
};

function rowsOf(file: string, person: string): number {
	const database = new Database(file, { readonly: true });
	const row = database
		.prepare('SELECT count(*) AS rows FROM document_update WHERE person_id = ?')
		.get(person) as { rows: number };
	database.close();
	return row.rows;
}
