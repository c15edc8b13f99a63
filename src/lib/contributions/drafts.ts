/**
 * Words typed but not posted, kept in this browser until they are: a reload, a refusal or a lost
 * connection takes nothing. Everything here is best effort; a browser may refuse to keep anything.
 */
const PREFIX = 'folkmoot:draft:';
/** Drafts nobody came back to. */
const OLDEST_MS = 30 * 86_400_000;

export function readDraft(name: string): string {
	try {
		const kept = JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null') as {
			text?: unknown;
		} | null;
		return typeof kept?.text === 'string' ? kept.text : '';
	} catch {
		return '';
	}
}

/** Keeps the words; no words forgets the draft. */
export function keepDraft(name: string, text: string, now = Date.now()): void {
	try {
		if (text.trim() === '') localStorage.removeItem(PREFIX + name);
		else localStorage.setItem(PREFIX + name, JSON.stringify({ text, at: now }));
	} catch {
		// No room, or not allowed: the words are still in the form.
	}
}

/** Forgets drafts older than a month, and what cannot be read as one. */
export function sweepDrafts(now = Date.now()): void {
	try {
		for (const key of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
			if (!(now - writtenAt(key) <= OLDEST_MS)) localStorage.removeItem(key);
		}
	} catch {
		// As above.
	}
}

/** When a draft was last typed in; not a number when that cannot be told. */
function writtenAt(key: string): number {
	try {
		return Number((JSON.parse(localStorage.getItem(key) ?? '{}') as { at?: unknown }).at);
	} catch {
		return NaN;
	}
}
