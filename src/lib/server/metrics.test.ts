import { expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';
import { mayScrape, type Scrape } from './scrape.ts';
import type { Store } from './db/store.ts';

const here: Scrape = {
	peer: '127.0.0.1',
	host: 'localhost:3000',
	forwardedFor: null,
	authorization: null
};
const config = { metricsToken: undefined as string | undefined, trustedProxies: [] as string[] };

it.each<[string, Partial<Scrape>, Partial<typeof config>, boolean]>([
	['this machine', {}, {}, true],
	['this machine over IPv6', { peer: '::1', host: '[::1]:3000' }, {}, true],
	['IPv4 in IPv6 clothes', { peer: '::ffff:127.0.0.1', host: '127.0.0.1:3000' }, {}, true],
	['another machine', { peer: '10.0.0.7' }, {}, false],
	[
		'another machine that claims to be this one',
		{ peer: '10.0.0.7', forwardedFor: '127.0.0.1' },
		{},
		false
	],
	['a proxy here, unknown to us', { forwardedFor: '203.0.113.5' }, {}, false],
	['a proxy here that names its site', { host: 'folkmoot.example' }, {}, false],
	[
		'a forged address behind our proxy',
		{ forwardedFor: '127.0.0.1' },
		{ trustedProxies: ['127.0.0.1'] },
		false
	],
	[
		'the token',
		{ peer: '10.0.0.7', authorization: 'Bearer secret' },
		{ metricsToken: 'secret' },
		true
	],
	[
		'a wrong token',
		{ peer: '10.0.0.7', authorization: 'Bearer secreT' },
		{ metricsToken: 'secret' },
		false
	],
	['a token where none is set', { peer: '10.0.0.7', authorization: 'Bearer undefined' }, {}, false],
	['no token from elsewhere', { peer: '10.0.0.7' }, { metricsToken: 'secret' }, false]
])('figures for %s', (_, asking, settings, may) => {
	expect(mayScrape({ ...here, ...asking }, { ...config, ...settings })).toBe(may);
});

it('figures are counted as they happen and looked up when asked', async () => {
	const metrics = createMetrics();
	const refused: Record<string, number> = { update_clock_gap: 2 };
	const live = () => ({ connections: 3, documents: 1, waiting: 4, backlog: 5, refused });
	metrics.watch({ live, store: { waiting: () => 6 } });
	metrics.meter.frame(7);
	metrics.meter.acknowledged(12);
	metrics.alarm('snapshot_damaged');
	const store = metrics.timed({
		transact: async (work: () => unknown) => work()
	} as unknown as Store);
	expect(await store.transact(async () => 'done')).toBe('done');
	await expect(
		store.transact(async () => {
			throw new Error('rolled back');
		})
	).rejects.toThrow('rolled back');
	refused.too_fast = 1;
	const text = await metrics.text();
	for (const line of [
		'folkmoot_connections 3',
		'folkmoot_documents_open 1',
		'folkmoot_updates_waiting 4',
		'folkmoot_backlog_bytes 5',
		'folkmoot_database_waiting 6',
		'folkmoot_frames_total 1',
		'folkmoot_updates_total 7',
		'folkmoot_ack_seconds_bucket{le="0.01"} 0',
		'folkmoot_ack_seconds_bucket{le="0.025"} 1',
		'folkmoot_database_seconds_count 2',
		'folkmoot_alarms_total{alarm="snapshot_damaged"} 1',
		'folkmoot_refused_updates_total{reason="update_clock_gap"} 2',
		'folkmoot_refused_updates_total{reason="too_fast"} 1'
	]) {
		expect(text.split('\n')).toContain(line);
	}
	expect(text).toContain('nodejs_eventloop_lag_max_seconds');
	expect((await metrics.text()).split('\n')).toContain(
		'folkmoot_refused_updates_total{reason="update_clock_gap"} 2'
	);
	metrics.clear();
});
