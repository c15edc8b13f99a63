import Database from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkEnd } from './checker.ts';
import { must, pause, rounded, until, type Fault } from './fault.ts';
import { onStage } from './stage.ts';
import { typing } from './typist.ts';

/** A file system of its own (mounting it takes root) is filled to the last byte while people type. */
export const diskFull: Fault = {
	name: 'disk-full',
	promise: 'disk full: reads work, writes refused visibly, integrity_check ok, recovers by itself',
	async run({ small }) {
		const folder = mkdtempSync(join(tmpdir(), 'folkmoot-full-'));
		const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder]);
		must(mounted.status === 0, `A file system could not be mounted: ${mounted.stderr.toString()}`);
		mkdirSync(join(folder, 'house'));
		try {
			return await onStage({ people: 10, folder: join(folder, 'house') }, async (stage) => {
				const { town, server, typists, acked } = stage;
				const stop = typing(typists, 3);
				await until(() => acked() > 40, 'edits are acknowledged');
				fill(join(folder, 'filler'));
				await until(() => server.alarms.has('commit_failed'), 'a commit fails');
				await pause(200);
				const [ackedFull, invoked] = [acked(), invokedBy(typists)];
				// Longer than the engine waits for a disk: the queue is then given up, and refused.
				await pause(small ? 3_000 : 35_000);
				must(
					acked() === ackedFull,
					`${acked() - ackedFull} edits were acknowledged on a full disk`
				);
				must(
					typists.every(({ saved }) => !saved),
					'Somebody was told that their work is saved'
				);
				const pages = await reads(server.url, town.slug, town.editors[0]!.cookie);
				const whole = integrity(town.file);
				const kept = invokedBy(typists) - invoked;
				rmSync(join(folder, 'filler'));
				const freed = performance.now();
				await until(() => acked() > ackedFull + kept, 'work goes on', 60_000);
				const recovered = performance.now() - freed;
				stop();
				await stage.settle();
				await server.end('SIGKILL');
				const { acts } = await checkEnd(typists, town);
				must(integrity(town.file) === 'ok', 'The file is damaged afterwards');
				return {
					'pages read': pages,
					'acked while full': 0,
					'typed while full': kept,
					integrity: whole,
					'recovered ms': rounded(recovered),
					acked: acts,
					lost: 0
				};
			});
		} finally {
			spawnSync('umount', ['-l', folder]);
			rmSync(folder, { recursive: true, force: true });
		}
	}
};

const invokedBy = (typists: { journal: { acts: unknown[] } }[]) =>
	typists.reduce((sum, { journal }) => sum + journal.acts.length, 0);

function fill(file: string): void {
	writeFileSync(file, '');
	for (let size = 1 << 20; size >= 1; size >>= 1) {
		try {
			for (;;) appendFileSync(file, Buffer.alloc(size));
		} catch {
			// No room for a piece of this size any more.
		}
	}
}

async function reads(url: string, slug: string, cookie: string): Promise<number> {
	const paths = ['/', '/documents', `/documents/${slug}`, `/documents/${slug}/state`, '/readyz'];
	for (const path of paths) {
		for (const headers of [{}, { cookie }] as Record<string, string>[]) {
			const { status } = await fetch(url + path, { headers });
			must(status === 200, `${path} answered ${status} on a full disk`);
		}
	}
	return paths.length * 2;
}

function integrity(file: string): string {
	const database = new Database(file, { readonly: true });
	const answer = database.pragma('integrity_check', { simple: true }) as string;
	database.close();
	must(answer === 'ok', `integrity_check: ${answer}`);
	return answer;
}
