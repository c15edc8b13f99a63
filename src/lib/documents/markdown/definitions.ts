import type { Chunk } from './chunks.ts';

/**
 * Addresses of reference links and the labels of footnotes hold for the whole text, but chunks are
 * parsed alone. Each chunk gets the definitions that it refers to, appended after its own text.
 */
const DEFINITION = /^ {0,3}\[([^\]\n^][^\]\n]*)\]:[ \t]*(\S.*)$/gm;
const NOTE = /^ {0,3}\[\^([^\]\s]+)\]:/gm;
const REFERENCE = /\[(\^?[^\][\n]+)\]/g;

export class Definitions {
	private readonly byLabel = new Map<string, string>();

	constructor(chunks: Chunk[]) {
		for (const { text } of chunks) {
			if (!text.includes(']:')) continue;
			for (const [line, label] of text.matchAll(DEFINITION)) this.add(label!, line.trim());
			for (const [, label] of text.matchAll(NOTE)) this.add(`^${label}`, `[^${label}]: -`);
		}
	}

	/** The chunk's text followed by what it refers to; parsed nodes past `text.length` are not its own. */
	completed(text: string): string {
		if (this.byLabel.size === 0) return text;
		const wanted = new Set<string>();
		for (const [, label] of text.matchAll(REFERENCE)) {
			const definition = this.byLabel.get(normalised(label!));
			if (definition) wanted.add(definition);
		}
		return wanted.size === 0 ? text : `${text}\n\n${[...wanted].join('\n\n')}\n`;
	}

	private add(label: string, definition: string): void {
		const name = normalised(label);
		if (!this.byLabel.has(name)) this.byLabel.set(name, definition);
	}
}

function normalised(label: string): string {
	return label.trim().replace(/\s+/g, ' ').toLowerCase();
}
