import Database from 'better-sqlite3';
import { join } from 'node:path';
import { remainsOf } from './checker.ts';
import { must, pause, rounded, until, type Fault } from './fault.ts';
import { HouseServer } from './server.ts';
import { onStage, type Stage } from './stage.ts';
import { Typist, typing } from './typist.ts';

/** A copy is taken while people write, and becomes a house of its own. */
export const restore: Fault = {
	name: 'restore',
	promise: 'restore drill: counts and the chain of the log match, no fork, also by pages left open',
	async run({ small }) {
		return onStage({ people: 15, typists: 10 }, async (stage) => {
			const { town, server, typists, acked } = stage;
			const stop = typing(typists, 8);
			await until(() => acked() > (small ? 100 : 800), 'edits are acknowledged');
			const ackedBefore = typists.flatMap(({ journal }) =>
				journal.acts.filter(({ state, kind }) => state === 'ok' && kind === 'insert')
			);
			const file = join(town.folder, 'restored.sqlite');
			const began = performance.now();
			const source = new Database(town.file, { readonly: true });
			await source.backup(file);
			source.close();
			const took = performance.now() - began;
			const afterwards = acked();
			await until(() => acked() > afterwards + 50, 'work goes on meanwhile');
			stop();
			await stage.settle();
			await server.end('SIGKILL');
			// Half of them have something unsent when the house comes back as it was some minutes before.
			typists.slice(0, 5).forEach((typist) => typist.act());
			await pause(100);

			const restored = await HouseServer.start({ file, port: server.port });
			const state = await fetch(`${restored.url}/documents/${town.slug}/state`);
			must(state.status === 200, `The restored house answered ${state.status}`);
			const seq = Number(state.headers.get('x-folkmoot-seq'));
			const begun = await beginAnew(stage, restored);
			await restored.end('SIGTERM');
			const copy = await remainsOf({ ...town, file }, true);
			must(copy.brokenAt === null && copy.overlaps === 0, `The log breaks at ${copy.brokenAt}`);
			must(copy.seq === copy.rows, `${copy.rows} rows, but the head is ${copy.seq}`);
			must(copy.rows === seq + begun.rows, `${copy.rows - seq} rows for ${begun.rows} edits`);
			const [there, here] = [facts(file, seq), facts(town.file, seq)];
			must(there.hash === here.hash, 'The restored log is a fork');
			must(there.integrity === 'ok', `integrity_check: ${there.integrity}`);
			must(there.people === here.people, 'Counts do not match');
			const texts = new Set(copy.text.split(';'));
			const struck = new Set(
				typists
					.flatMap(({ journal }) => journal.acts.filter((act) => act.kind === 'delete'))
					.map(({ word }) => word)
			);
			const lost = ackedBefore.filter(
				({ word }) =>
					!struck.has(word) && !texts.has(word.slice(0, -1)) && !copy.text.includes(word)
			);
			must(lost.length === 0, `${lost.length} edits acked before the copy are not in it`);
			return {
				'copied in ms': rounded(took),
				rows: copy.rows,
				'rows of the original': facts(town.file, Infinity).rows,
				'pages begun anew': typists.length,
				'kept for their authors': begun.kept,
				fork: 'none',
				lost: 0
			};
		});
	}
};

/**
 * Pages that were open have seen more than the house now has: they must notice, keep what is unsent for
 * their authors, and begin anew; nothing of what they built on may come into the log.
 */
async function beginAnew({ town, typists }: Stage, restored: HouseServer) {
	const told = () => typists.every(({ document }) => document.reason === 'epoch_lost');
	const reasons = () => typists.map(({ document }) => document.reason ?? document.state).join();
	await until(told, () => `every page begins anew (${reasons()})`);
	let kept = 0;
	for (const { storage } of typists.slice(0, 5)) {
		await until(async () => (await storage.kept()).length > 0, 'what was unsent is kept');
		must((await storage.updates()).length === 0, 'What was unsent would be sent again');
		kept += 1;
	}
	const others = [10, 11, 12, 13, 14].map((index) => new Typist(restored.url, town, index));
	await until(() => others.every(({ open, document }) => open && document.writable), 'all are in');
	let rows = 0;
	for (const other of others) {
		other.act(() => 0.5);
		await until(() => other.journal.count('ok') === 1, 'work goes on');
		rows += 1;
	}
	const texts = () => new Set(others.map(({ document }) => document.body.toString()));
	await until(() => texts().size === 1, 'all show the same');
	await Promise.all(others.map(({ document }) => document.close()));
	return { kept, rows };
}

function facts(file: string, seq: number) {
	const database = new Database(file, { readonly: true });
	const one = (text: string, ...values: unknown[]) =>
		Object.values(database.prepare(text).get(...values) as object)[0] as never;
	const found = {
		integrity: database.pragma('integrity_check', { simple: true }) as string,
		people: one('SELECT count(*) FROM person') as number,
		leases: one('SELECT count(*) FROM document_lease') as number,
		rows: one('SELECT count(*) FROM document_update') as number,
		hash: Number.isFinite(seq)
			? (one('SELECT hex(hash) FROM document_update WHERE seq = ?', seq) as string)
			: ''
	};
	database.close();
	return found;
}
