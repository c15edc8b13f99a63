import type Database from 'better-sqlite3';

/** More than all the queries of the product; those with long lists of values come and go. */
const MOST_KEPT = 500;

/**
 * Keeps the connection's compiled statements for the next time: Drizzle has each query compiled anew,
 * which takes longer than running most of them.
 */
export function keepStatements(connection: Database.Database): void {
	const compile = connection.prepare.bind(connection) as (text: string) => Database.Statement;
	const kept = new Map<string, object>();
	connection.prepare = ((text: string) => {
		const found = kept.get(text);
		// The least used leave first.
		if (found) kept.delete(text);
		const statement = found ?? twofold(text, compile);
		kept.set(text, statement);
		if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
		return statement;
	}) as typeof connection.prepare;
}

/** Rows as objects and rows as arrays are two statements: `raw` would change one for everybody. */
function twofold(text: string, compile: (text: string) => Database.Statement): object {
	const plain = compile(text);
	let raw: Database.Statement | undefined;
	return {
		run: (...values: unknown[]) => plain.run(...values),
		get: (...values: unknown[]) => plain.get(...values),
		all: (...values: unknown[]) => plain.all(...values),
		raw: () => (raw ??= compile(text).raw())
	};
}
