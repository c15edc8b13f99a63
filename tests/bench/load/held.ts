import * as Y from 'yjs';
import type { Driver } from './driver.ts';

/** Client id and a number of units. */
export type Clocks = [client: number, clock: number][];

/** What somebody who comes now is given, by client id; null where a server holds nothing. */
export async function clocksFor(
	driver: Driver,
	plan: { driver: string; port: number; handover?: unknown }
): Promise<Clocks | null> {
	if (plan.driver === 'raw-ws') return null;
	const held = new Map<number, number>();
	const connection = await driver({
		port: plan.port,
		index: 0,
		probe: true,
		reader: true,
		handover: plan.handover,
		sink: {
			frame: () => undefined,
			ack: () => undefined,
			update(update) {
				for (const { id, length } of Y.decodeUpdate(update).structs) {
					held.set(id.client, Math.max(held.get(id.client) ?? 0, id.clock + length));
				}
			}
		}
	});
	await new Promise((resolve) => setTimeout(resolve, 500));
	connection.close();
	return [...held];
}
