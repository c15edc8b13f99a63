/** Makes the database that our server is measured on: people who may write, and a document of a few words. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillDraftHouse } from '../support/draft-house.ts';
import type { Handover } from './load/ours.ts';
import type { Contender } from './measure.ts';

export const prepareOurs: NonNullable<Contender['prepare']> = async ({ editors }) => {
	const file = join(await mkdtemp(join(tmpdir(), 'folkmoot-bench-')), 'bench.sqlite');
	const { documentId, people } = await fillDraftHouse({ file }, editors, [
		{ insert: 'The quick brown fox.' },
		{ insert: '\n', attributes: { block: { id: 'b1', type: 'paragraph' } } }
	]);
	const handover: Handover = { document: documentId, cookies: people.map(({ cookie }) => cookie) };
	return { env: { DATABASE_FILE: file, PORT: '0', LOG_LEVEL: 'info' }, handover };
};
