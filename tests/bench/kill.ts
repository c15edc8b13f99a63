/**
 * `kill -9` under people who type: how many updates the server had acknowledged, and how many of those
 * it no longer has after it was started again. Run with `npm run bench -- kill`; two hundred kills of
 * ours, with everything checked, are in `npm run faults -- kill`.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CONTENDERS } from './contenders.ts';
import { lostOf, portOf, seenBy, start, startLoad, type Contender } from './measure.ts';
import type { Plan } from './load/run.ts';
import type { Row } from './rows.ts';

const { values } = parseArgs({
	options: { kills: { type: 'string', default: '5' }, json: { type: 'boolean', default: false } }
});
const ROW: Row = { name: 'kill', editors: 50, rate: 4, readers: 0, peers: [] };
const SECONDS = 4;

const results = [];
for (const name of ['ours', 'hocuspocus']) {
	const contender = CONTENDERS.find((one) => one.name === name)!;
	const counts = { server: name, kills: 0, acked: 0, lost: 0, killsThatLost: 0 };
	for (; counts.kills < Number(values.kills); counts.kills += 1) {
		const { acked, lost } = await killOnce(contender);
		counts.acked += acked;
		counts.lost += lost;
		if (lost > 0) counts.killsThatLost += 1;
	}
	results.push(counts);
}
if (values.json) console.log(JSON.stringify(results));
else {
	console.log(
		'| kill -9 under 50 editors | kills | acknowledged | of these lost | kills that lost |'
	);
	console.log('| --- | --: | --: | --: | --: |');
	for (const { server, kills, acked, lost, killsThatLost } of results) {
		console.log(`| ${server} | ${kills} | ${acked} | ${lost} | ${killsThatLost} |`);
	}
}

/** Kills the server somewhere in the middle of the typing, starts it again, and asks what it holds. */
async function killOnce(contender: Contender): Promise<{ acked: number; lost: number }> {
	const folder = await mkdtemp(join(tmpdir(), 'folkmoot-kill-'));
	const prepared = await contender.prepare?.(ROW);
	const env = { ...prepared?.env, STORE_FILE: join(folder, 'state') };
	const plan = (port: number, more: Partial<Plan>): Plan => ({
		driver: contender.driver,
		port,
		editors: ROW.editors,
		rate: ROW.rate,
		readers: 0,
		warmup: 1,
		seconds: SECONDS,
		handover: prepared?.handover,
		...more
	});

	const first = start(0, contender.command, env);
	const load = startLoad(plan(await portOf(first), { dies: true }));
	load.on('message', (message: Record<string, boolean>) => {
		if (message.connected) load.send('go on');
		const when = (0.3 + 0.6 * Math.random()) * SECONDS * 1_000;
		if (message.measuring) setTimeout(() => first.kill('SIGKILL'), when);
	});
	const { acked } = await seenBy(load);

	const second = start(0, contender.command, env);
	try {
		const { held } = await seenBy(startLoad(plan(await portOf(second), { readOnly: true })));
		const sum = acked.reduce((total, [, clock]) => total + clock, 0);
		return { acked: sum, lost: lostOf({ acked, held }) };
	} finally {
		second.kill('SIGKILL');
	}
}
