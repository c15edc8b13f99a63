import { Invalid } from '#lib/errors.ts';

/** Files of this many bytes or more are refused unless a caller says otherwise. */
export const IMPORT_LIMIT = 5_000_000;

/**
 * The text of an uploaded file, with `\n` line ends and no byte order mark.
 * @throws Invalid `import_too_large`, `import_binary` (NUL or not UTF-8) or `import_empty`.
 */
export function sourceText(input: Uint8Array | string, limit: number): string {
	const size = typeof input === 'string' ? input.length : input.byteLength;
	if (size >= limit) {
		throw new Invalid('import_too_large', { limitMB: Math.round(limit / 100_000) / 10 });
	}
	const text = typeof input === 'string' ? input : decoded(input);
	if (text.includes('\0')) throw new Invalid('import_binary');
	const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
	if (clean.trim() === '') throw new Invalid('import_empty');
	return clean;
}

function decoded(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw new Invalid('import_binary');
	}
}
