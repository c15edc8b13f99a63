/**
 * Asks a server for one page over and over on a few kept connections, as fast as it answers; for
 * `pages.ts`, in a process of its own. Says `measuring` and `measured`, then what it counted.
 */
import { connect, type Socket } from 'node:net';

/** What to ask for, and for how long. */
export interface Asking {
	port: number;
	path: string;
	headers: Record<string, string>;
	/** The `Cookie` header of each connection, where they are of different people. */
	cookies?: string[];
	connections: number;
	warmup: number;
	seconds: number;
}

/** What came back within the measured seconds. */
export interface Answered {
	answers: number;
	/** Answers whose status was not the one expected (200 or 304). */
	failed: number;
	/** Milliseconds to the last byte: median, 95th and 99th percentile. */
	p50: number;
	p95: number;
	p99: number;
	/** CPU of the load process itself, in percent of one core. */
	cpu: number;
}

const asking = JSON.parse(process.env.BENCH_ASKING!) as Asking;
const lines = Object.entries(asking.headers).map(([name, value]) => `${name}: ${value}\r\n`);
const requestOf = (cookie: string | undefined) =>
	Buffer.from(
		`GET ${asking.path} HTTP/1.1\r\nHost: localhost:${asking.port}\r\n${lines.join('')}${cookie ? `Cookie: ${cookie}\r\n` : ''}\r\n`
	);
const END = Buffer.from('0\r\n\r\n');
const times: number[] = [];
let failed = 0;
let measuring = false;

for (let index = 0; index < asking.connections; index += 1) {
	askOver(connect(asking.port), requestOf(asking.cookies?.[index]));
}
setTimeout(measure, asking.warmup * 1_000);

function askOver(socket: Socket, request: Buffer): void {
	let began = performance.now();
	let received = 0;
	let expected: number | 'chunks' | undefined;
	let head = '';
	socket.setNoDelay(true);
	socket.on('error', () => process.exit(1));
	socket.on('connect', () => socket.write(request));
	socket.on('data', (data: Buffer) => {
		received += data.length;
		if (expected === undefined) {
			head += data.toString('latin1');
			const end = head.indexOf('\r\n\r\n');
			if (end < 0) return;
			expected = lengthOf(head.slice(0, end + 2), end + 4);
		}
		const done =
			expected === 'chunks' ? data.subarray(-END.length).equals(END) : received >= expected;
		if (!done) return;
		if (measuring) times.push(performance.now() - began);
		if (measuring && !/^HTTP\/1\.1 (200|304)/.test(head)) failed += 1;
		[began, received, expected, head] = [performance.now(), 0, undefined, ''];
		socket.write(request);
	});
}

function lengthOf(head: string, start: number): number | 'chunks' {
	if (/^transfer-encoding: chunked/im.test(head)) return 'chunks';
	return start + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
}

function measure(): void {
	measuring = true;
	const before = process.cpuUsage();
	process.send!('measuring');
	setTimeout(() => {
		measuring = false;
		const { user, system } = process.cpuUsage(before);
		times.sort((a, b) => a - b);
		const at = (part: number) => times[Math.floor(times.length * part)] ?? 0;
		const answered: Answered = {
			answers: times.length,
			failed,
			p50: at(0.5),
			p95: at(0.95),
			p99: at(0.99),
			cpu: (user + system) / 10_000 / asking.seconds
		};
		process.send!('measured');
		process.send!(answered, () => process.exit(0));
	}, asking.seconds * 1_000);
}
