import * as Y from 'yjs';
import { NotFound } from '#lib/errors.ts';
import { contentHash } from './hash.ts';
import type { LiveEngine } from './live/engine.server.ts';
import { openBody, seedBody } from './text/body.ts';
import { readBlocks } from './text/blocks.ts';

/** Texts in memory, for tests of what is built on them: the part of the live engine that use-cases call. */
export function memoryTexts(now: () => number) {
	const texts = new Map<string, { body: Y.Text; seq: number; changedAt: number }>();
	const find = (id: string) => {
		const text = texts.get(id);
		if (!text) throw new NotFound('document_not_found');
		return text;
	};
	const live: Pick<LiveEngine, 'create' | 'read'> = {
		async create(id, text) {
			const body = openBody(new Y.Doc());
			if (Array.isArray(text)) seedBody(body, text);
			else for (const { update } of text.updates) Y.applyUpdate(body.doc!, update);
			texts.set(id, { body, seq: 1, changedAt: now() });
		},
		async read(id) {
			const { body, seq, changedAt } = find(id);
			const blocks = readBlocks(body);
			return { epoch: 1, seq, hash: await contentHash(blocks), body, blocks, changedAt };
		}
	};
	return {
		live,
		/** Writes as somebody would: one more row in the log. */
		write(id: string, change: (body: Y.Text) => void) {
			const text = find(id);
			text.body.doc!.transact(() => change(text.body));
			text.seq += 1;
			text.changedAt = now();
		}
	};
}
