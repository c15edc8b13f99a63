import { createHash } from 'node:crypto';
import type { FromServer, Here } from '../messages.ts';
import type { Delivery } from './delivery.server.ts';
import { message, type Seat } from './seat.server.ts';

/** Ten frames a second at most, whatever happens in a document. */
const PERIOD_MS = 100;
/** More cursors than this help nobody; everybody else is a number. */
const MOST_VISIBLE = 50;
const COLOURS = 12;

/**
 * Who is here, as the server knows it: clients send where their selection is and nothing else, so
 * nobody can speak or move under another name.
 */
export class Presence {
	readonly #documentId: string;
	readonly #delivery: Delivery;
	readonly #visible = new Set<Seat>();
	readonly #came = new Set<Seat>();
	readonly #moved = new Set<Seat>();
	readonly #left = new Set<number>();
	#due: NodeJS.Timeout | null = null;
	#sentAt = -Infinity;

	constructor(documentId: string, delivery: Delivery) {
		this.#documentId = documentId;
		this.#delivery = delivery;
	}

	/** Somebody sat down, got up, or changed between writing and reading. */
	changed(seat: Seat): void {
		if (!this.#delivery.writers.has(seat)) this.#hide(seat);
		else if (!this.#visible.has(seat)) {
			this.#show(seat);
			seat.wire.send(this.#frame(this.#visible, this.#visible, []));
		}
		this.#schedule();
	}

	/** The selection moved; empty bytes take the cursor away. */
	move(seat: Seat, cursor: Uint8Array): void {
		// The message it came in is not kept for the sake of a few bytes of it (a Buffer's `slice` would).
		seat.cursor = new Uint8Array(cursor);
		this.#show(seat);
		if (!this.#visible.has(seat)) return;
		this.#moved.add(seat);
		this.#schedule();
	}

	close(): void {
		if (this.#due) clearTimeout(this.#due);
	}

	#show(seat: Seat): void {
		if (this.#visible.size >= MOST_VISIBLE || this.#visible.has(seat)) return;
		this.#visible.add(seat);
		this.#came.add(seat);
	}

	#hide(seat: Seat): void {
		if (!this.#visible.delete(seat)) return;
		this.#moved.delete(seat);
		if (!this.#came.delete(seat)) this.#left.add(seat.tag);
	}

	#schedule(): void {
		const wait = this.#sentAt + PERIOD_MS - performance.now();
		this.#due ??= setTimeout(() => this.#send(), Math.max(0, wait));
	}

	#send(): void {
		this.#due = null;
		this.#sentAt = performance.now();
		this.#delivery.toWriters(this.#frame(this.#came, this.#moved, [...this.#left]));
		this.#came.clear();
		this.#moved.clear();
		this.#left.clear();
	}

	#frame(came: Iterable<Seat>, moved: Iterable<Seat>, left: number[]) {
		const movers = [...moved];
		const payload: FromServer['presence'] = {
			document: this.#documentId,
			writing: this.#delivery.writers.size,
			reading: this.#delivery.reading,
			came: [...came].map(hereOf),
			moved: movers.map(({ tag }) => tag),
			left
		};
		return message(
			'presence',
			payload,
			movers.map(({ cursor }) => cursor)
		);
	}
}

/** How a person is shown; all of it comes from the account. */
export function hereOf({ tag, guest }: Seat): Here {
	const personId = guest.personId ?? '';
	const words = guest.name.trim().split(/\s+/);
	const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
	const initials = letters.map((word) => [...(word ?? '')][0] ?? '').join('');
	const colour = createHash('sha256').update(personId).digest()[0]! % COLOURS;
	return { tag, personId, name: guest.name, initials: initials.toLocaleUpperCase(), colour };
}
