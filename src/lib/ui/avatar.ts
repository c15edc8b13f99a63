/** How many avatar colours there are; `Avatar.svelte` has a class for each. */
export const AVATAR_COLOURS = 8;

/** One of the avatar colours, always the same for the same seed (a person's id, or their name). */
export function avatarColour(seed: string): number {
	let hash = 0x811c9dc5;
	for (const char of seed) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
	return ((hash ^ (hash >>> 15)) >>> 0) % AVATAR_COLOURS;
}

/** Up to two letters for a name: of its first and last word. */
export function initialsOf(name: string): string {
	const words = name.trim().split(/\s+/u).filter(Boolean);
	const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words;
	const letters = picked.map((word) => [...(word ?? '')][0] ?? '').join('');
	return letters.toLocaleUpperCase() || '?';
}
