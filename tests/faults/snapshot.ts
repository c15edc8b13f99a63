import Database from 'better-sqlite3';
import { checkEnd } from './checker.ts';
import { must, rounded, until, type Fault } from './fault.ts';
import { onStage } from './stage.ts';
import { typing } from './typist.ts';

/** Bits rot in every stored snapshot while the server is down. */
export const snapshot: Fault = {
	name: 'snapshot',
	promise: 'corrupt stored snapshot: the checksum detects it, rebuilt from the log, alarm',
	async run({ small }) {
		return onStage({ people: 5 }, async (stage) => {
			const { town, typists, acked } = stage;
			let stop = typing(typists, 8);
			await until(() => acked() > (small ? 100 : 600), 'edits are acknowledged');
			stop();
			await stage.settle();
			const text = typists[0]!.document.body.toString();
			await stage.server.end('SIGTERM');
			const damaged = rot(town.file);
			must(damaged > 0, 'There was no snapshot to damage');
			const began = performance.now();
			await stage.again();
			await until(() => typists.every(({ open }) => open), 'everybody is back');
			const back = performance.now() - began;
			await until(() => stage.server.alarms.has('snapshot_damaged'), 'the alarm is raised', 1_000);
			must(typists[0]!.document.body.toString() === text, 'The text has changed');
			const before = acked();
			stop = typing(typists, 4);
			await until(() => acked() > before + 20, 'work goes on');
			stop();
			await stage.settle();
			await stage.server.end('SIGTERM');
			await stage.again();
			await until(() => typists.every(({ open }) => open), 'everybody is back again');
			must(!stage.server.alarms.has('snapshot_damaged'), 'The damaged snapshot was not replaced');
			await stage.server.end('SIGKILL');
			const { acts, rows } = await checkEnd(typists, town);
			return { damaged, alarms: 1, 'back ms': rounded(back), rows, acked: acts, lost: 0 };
		});
	}
};

function rot(file: string): number {
	const database = new Database(file);
	const rows = database
		.prepare('SELECT document_id AS document, seq, bytes FROM document_snapshot')
		.all() as { document: string; seq: number; bytes: Buffer }[];
	const write = database.prepare(
		'UPDATE document_snapshot SET bytes = ? WHERE document_id = ? AND seq = ?'
	);
	for (const { document, seq, bytes } of rows) {
		bytes[bytes.length >> 1]! ^= 0x10;
		write.run(bytes, document, seq);
	}
	database.close();
	return rows.length;
}
