import type { Db } from '../db/store.ts';

/** A compiled SQLite statement. */
export interface Prepared {
	run(...values: unknown[]): unknown;
	/** The first row of the result, if there is one. */
	get(...values: unknown[]): unknown;
}

interface Client {
	prepare(text: string): Prepared;
}

const compiled = new WeakMap<Client, Map<string, Prepared>>();

/**
 * The statement compiled on the SQLite connection below `tx`, kept for the next time; undefined on
 * PostgreSQL. Only for what runs many times a second.
 */
export function preparedOn(tx: Db, text: string): Prepared | undefined {
	const client = (tx as unknown as { $client?: Partial<Client> }).$client;
	if (!client?.prepare) return undefined;
	let statements = compiled.get(client as Client);
	if (!statements) compiled.set(client as Client, (statements = new Map()));
	let statement = statements.get(text);
	if (!statement) statements.set(text, (statement = client.prepare(text)));
	return statement;
}
