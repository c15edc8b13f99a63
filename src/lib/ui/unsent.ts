/**
 * Markup that a page is drawn with on the server and that is not sent a second time as data: in the
 * browser the page already has it. See `hooks.ts`.
 */
export class Unsent {
	readonly #html: string;

	constructor(html: string) {
		this.#html = html;
	}

	toString(): string {
		return this.#html;
	}
}
