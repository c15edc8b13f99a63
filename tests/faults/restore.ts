import Database from 'better-sqlite3';
import { join } from 'node:path';
import { remainsOf } from './checker.ts';
import { must, rounded, until, type Fault } from './fault.ts';
import { HouseServer } from './server.ts';
import { onStage } from './stage.ts';
import { typing } from './typist.ts';

/** A copy is taken while people write, and becomes a house of its own. */
export const restore: Fault = {
	name: 'restore',
	promise: 'restore drill: counts and the chain of the log match, no fork',
	async run({ small }) {
		return onStage({ people: 10 }, async (stage) => {
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

			const restored = await HouseServer.start({ file });
			const state = await fetch(`${restored.url}/documents/${town.slug}/state`);
			must(state.status === 200, `The restored house answered ${state.status}`);
			const seq = Number(state.headers.get('x-folkmoot-seq'));
			await restored.end('SIGTERM');
			const copy = await remainsOf({ ...town, file }, true);
			must(copy.brokenAt === null && copy.overlaps === 0, `The log breaks at ${copy.brokenAt}`);
			must(copy.seq === seq && copy.rows === seq, `${copy.rows} rows, but the house says ${seq}`);
			const [there, here] = [facts(file, seq), facts(town.file, seq)];
			must(there.hash === here.hash, 'The restored log is a fork');
			must(there.integrity === 'ok', `integrity_check: ${there.integrity}`);
			must(there.people === here.people && there.leases <= here.leases, 'Counts do not match');
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
				fork: 'none',
				lost: 0
			};
		});
	}
};

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
