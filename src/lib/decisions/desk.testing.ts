import { beginBranch } from '#lib/contributions/branches.server.ts';
import { meeting, type Meeting } from '#lib/contributions/meeting.testing.ts';
import { publishBranch } from '#lib/contributions/suggest.server.ts';
import { plainText } from '#lib/documents/text/blocks.ts';
import { actorOf } from '#lib/people/session.server.ts';
import type { Config } from '#lib/server/config.ts';

/** A meeting whose people also suggest changes, for tests of what becomes of them. */
export async function meetingWithDesk(settings: Partial<Config> = {}) {
	const at: Meeting = await meeting(settings);
	const { house, live, document } = at;

	/**
	 * Suggests, as somebody, to put other words in the place of some: `ten` → `twenty`; an empty first one
	 * is not allowed, an empty second one deletes. Returns the suggestion's row.
	 */
	async function suggest(who: keyof Meeting['ids'] | { id: string }, ...changes: Change[]) {
		house.time.advance(20_000);
		const personId = typeof who === 'string' ? at.ids[who] : who.id;
		const actor = await actorOf(house, personId);
		const branch = await beginBranch(house, live, actor, document.id);
		await live.write(branch.id, personId, (body) => {
			for (const [words, by] of changes) {
				const place = body.toString().indexOf(words);
				if (place < 0) throw new Error(`“${words}” is not in the text.`);
				body.delete(place, words.length);
				if (by !== '') body.insert(place, by, {});
			}
		});
		const row = await publishBranch(house, live, actor, branch.id, {
			...{ reason: 'It is better so.', key: at.key(), termsAccepted: true, capacity: '' }
		});
		return { ...row, branchId: branch.id };
	}

	/** The words of a block as they are now. */
	async function words(id: string): Promise<string> {
		const { blocks } = await live.read(document.id);
		return plainText(blocks.find((block) => block.id === id)!);
	}

	return { ...at, suggest, words };
}

/** Words of the text, and what is to stand in their place. */
type Change = [words: string, by: string];

export type DeskMeeting = Awaited<ReturnType<typeof meetingWithDesk>>;
