import Database from 'better-sqlite3';
import { checkEnd } from './checker.ts';
import { must, quantile, rounded, until, type Fault } from './fault.ts';
import { onStage, type Stage } from './stage.ts';
import type { Townsperson } from './town.ts';
import { typing } from './typist.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The server's clock jumps an hour ahead and back again. The probe turns `Date` inside the process;
 * nothing in the product knows of it.
 */
export const clock: Fault = {
	name: 'clock',
	promise: 'clock ± 1 h: order by sequence, no session returns',
	async run() {
		const env = { FAULTS_CLOCK: '1', SESSION_IDLE_DAYS: '14' };
		return onStage({ people: 8, typists: 6, env }, async (stage) => {
			const { town, server, typists, acked } = stage;
			const stop = typing(typists, 3);
			for (const shift of [HOUR, -HOUR, 0]) {
				const mark = acked();
				await server.shift(shift);
				await until(() => acked() > mark + 40, `edits are acknowledged at ${shift / HOUR} h`);
			}
			stop();
			await stage.settle();
			const waits = typists.flatMap(({ journal }) => journal.waits());
			const backwards = backwardsIn(town.file, town.documentId);
			must(backwards > 0, 'The clock never went back in the log');

			const [late, out] = [town.editors[6]!, town.editors[7]!];
			must((await signedIn(stage, late)) && (await signedIn(stage, out)), 'They are not signed in');
			await fetch(`${server.url}/sign-out`, {
				method: 'POST',
				headers: { origin: server.url, cookie: out.cookie, accept: 'text/html' },
				body: new URLSearchParams(),
				redirect: 'manual'
			});
			must(!(await signedIn(stage, out)), 'Signing out did not sign out');
			await server.shift(-HOUR);
			must(!(await signedIn(stage, out)), 'A signed-out session returned with the clock');
			await server.shift(15 * DAY);
			must(!(await signedIn(stage, late)), 'A session outlived its time');
			await server.shift(13 * DAY);
			must(!(await signedIn(stage, late)), 'An expired session returned with the clock');
			await server.end('SIGKILL');
			const { acts, rows } = await checkEnd(typists, town);
			return {
				shifts: '+1 h, -1 h, 0',
				rows,
				'rows with an earlier time than the row before': backwards,
				'ack p95 ms': rounded(quantile(waits, 0.95)),
				acked: acts,
				'sessions returned': 0
			};
		});
	}
};

async function signedIn({ server }: Stage, { cookie }: Townsperson): Promise<boolean> {
	const { status } = await fetch(`${server.url}/account`, {
		headers: { cookie },
		redirect: 'manual'
	});
	return status === 200;
}

function backwardsIn(file: string, documentId: string): number {
	const database = new Database(file, { readonly: true });
	const rows = database
		.prepare('SELECT at FROM document_update WHERE document_id = ? ORDER BY seq')
		.all(documentId) as { at: number }[];
	database.close();
	return rows.filter(({ at }, index) => index > 0 && at < rows[index - 1]!.at).length;
}
