import { avatarColour } from '#lib/ui/avatar.ts';
import type { RemoteCursor } from './editor/overlay.ts';
import type { Cursor } from './live/cursors.ts';
import type { LiveState } from './live/client.ts';

/** Somebody who writes here now. */
export interface Other {
	id: string;
	name: string;
	initials: string;
}

/** The people behind the cursors, each once however many pages they have open. */
export function peopleOf(cursors: readonly Cursor[]): Other[] {
	const people = new Map<string, Other>();
	for (const { personId, name, initials } of cursors) {
		people.set(personId, { id: personId, name, initials });
	}
	return [...people.values()];
}

/** The cursors as the editor draws them, in the colour of the person's initials. */
export function drawnCursors(cursors: readonly Cursor[]): RemoteCursor[] {
	return cursors.flatMap(({ tag, personId, name, selection }) => {
		if (!selection) return [];
		const { from: anchor, to: head } = selection;
		return [{ key: String(tag), name, colour: avatarColour(personId) + 1, anchor, head }];
	});
}

/**
 * What the Saved indicator says; null where nothing can be saved. `online` is what the device knows of
 * its network, which is often sooner than a connection notices.
 */
export function savedState(
	state: LiveState,
	online: boolean
): 'saving' | 'saved' | 'offline' | null {
	if (state === 'readonly' || state === 'refused') return null;
	if (!online && (state === 'saving' || state === 'saved')) return 'offline';
	return state === 'connecting' ? 'saving' : state;
}
