import { describe, expect, it } from 'vitest';
import { callerOf, deviceOf } from './caller.ts';

describe('the caller', () => {
	const behind = (trustedProxies: string[]) => ({ config: { trustedProxies } });
	const headers = new Headers({ 'x-forwarded-for': '198.51.100.7', 'user-agent': 'curl/8' });

	it('P12 a forwarded address is believed from our own proxy only', () => {
		expect(callerOf(behind([]), '203.0.113.9', headers).network).toBe('203.0.113.9');
		expect(callerOf(behind(['203.0.113.9']), '203.0.113.9', headers).network).toBe('198.51.100.7');
	});

	it.each([
		['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
		[
			'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0',
			'Edge · Windows'
		],
		[
			'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
			'Safari · iPhone'
		],
		['curl/8.5', ''],
		[null, '']
	])('%s → %s', (userAgent, device) => {
		expect(deviceOf(userAgent)).toBe(device);
	});
});
