import { exportMarkdown } from '#lib/documents/markdown/export.ts';
import type { Block } from '#lib/documents/text/blocks.ts';

/** A text to be saved as a Markdown file. `name` is made of latin letters, digits and hyphens. */
export function markdownFile(name: string, blocks: Block[]): Response {
	return new Response(exportMarkdown(blocks), {
		headers: {
			'content-type': 'text/markdown; charset=utf-8',
			'content-disposition': `attachment; filename="${name}.md"`,
			'cache-control': 'private, no-cache'
		}
	});
}
