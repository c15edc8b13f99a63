import type { ReadPiece, TextPatch } from '../living.ts';

/** Many people may type at once; a reader's page moves, and speaks, at a human pace. */
const ASK_EVERY_MS = 1_500;
const SPEAK_EVERY_MS = 5_000;
const FRESH_MS = 6_000;

/**
 * Keeps the words on a page those of the living text. Stopping puts back what the server sent, because
 * the components that take over expect exactly that.
 */
export function followText(article: HTMLElement): () => void {
	const sent = [...article.childNodes].map((node) => node.cloneNode(true));
	const { documentId = '', slug = '' } = article.dataset;
	const said = document.querySelector<HTMLElement>('[data-said]');
	let { at = '', marks = '' } = article.dataset;
	let changedPage = false;
	let due: ReturnType<typeof setTimeout> | undefined;
	let speaking: ReturnType<typeof setTimeout> | undefined;
	let stopped = false;
	let stopWatching = () => {};

	async function ask(): Promise<void> {
		due = undefined;
		const query = new URLSearchParams({ from: at, marks });
		const response = await fetch(`/documents/${slug}/text?${query}`).catch(() => undefined);
		if (!response?.ok || stopped) return;
		const patch = (await response.json()) as TextPatch;
		const now = `${patch.epoch}.${patch.seq}`;
		if (stopped || (now === at && patch.marks === marks)) return;
		stay(article, () => apply(article, patch, patch.marks !== marks));
		changedPage = true;
		[at, marks] = [now, patch.marks];
		if (patch.changed.length > 0) speaking ??= setTimeout(speak, SPEAK_EVERY_MS);
	}

	function speak(): void {
		speaking = undefined;
		if (said) said.textContent = said.dataset.said ?? '';
	}

	const begin = async () => {
		const { watchDocument } = await import('../live/watch.ts');
		if (stopped) return;
		stopWatching = watchDocument(documentId, () => (due ??= setTimeout(ask, ASK_EVERY_MS)));
		// What changed between the making of the page and now.
		await ask();
	};
	// Reading comes first: the connection waits until the page has nothing better to do.
	const idle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 500));
	idle(() => void begin().catch(() => undefined));

	return () => {
		stopped = true;
		stopWatching();
		clearTimeout(due);
		clearTimeout(speaking);
		if (changedPage) stay(article, () => article.replaceChildren(...sent));
	};
}

function apply(article: HTMLElement, patch: TextPatch, repaint: boolean): void {
	const sent = new Map(patch.pieces.map((piece) => [piece.id, piece]));
	const old = new Map<string, HTMLElement>();
	for (const element of article.querySelectorAll<HTMLElement>(':scope > [data-piece]')) {
		old.set(element.dataset.piece ?? '', element);
	}
	const elements = patch.order.flatMap(([id]): HTMLElement[] => {
		const element = old.get(id) ?? (sent.has(id) ? emptyPiece(id) : undefined);
		if (!element) return [];
		old.delete(id);
		const words = element.querySelector<HTMLElement>('.words');
		const piece = sent.get(id);
		if (words && piece) show(words, piece, patch.changed.includes(id));
		else if (words && repaint) for (const mark of words.querySelectorAll('mark')) unwrap(mark);
		return [element];
	});
	for (const gone of old.values()) gone.remove();
	elements.forEach((element, at) => {
		const before = elements[at - 1];
		const next = before ? before.nextElementSibling : article.firstElementChild;
		if (next !== element) article.insertBefore(element, next);
	});
}

/** Our own renderer's markup: typed blocks, every character escaped. */
function show(words: HTMLElement, piece: ReadPiece, changed: boolean): void {
	words.innerHTML = piece.html;
	if (!changed) return;
	for (const block of words.querySelectorAll('[data-block]')) {
		block.classList.add('fresh');
		setTimeout(() => block.classList.remove('fresh'), FRESH_MS);
	}
}

function emptyPiece(id: string): HTMLElement {
	const piece = document.createElement('div');
	piece.className = 'piece';
	piece.dataset.piece = id;
	const words = document.createElement('div');
	words.className = 'words';
	piece.append(words);
	return piece;
}

function unwrap(mark: Element): void {
	mark.replaceWith(...mark.childNodes);
}

/** Does something to the text while its first piece on screen stays where it is. */
function stay(article: HTMLElement, act: () => void): void {
	const pieces = [...article.querySelectorAll<HTMLElement>('[data-piece]')];
	const topOf = (piece: HTMLElement) => piece.firstElementChild?.firstElementChild;
	const first = pieces.find((piece) => (topOf(piece)?.getBoundingClientRect().bottom ?? 0) > 0);
	const before = first && topOf(first)?.getBoundingClientRect().top;
	act();
	if (!first || before === undefined) return;
	const id = CSS.escape(first.dataset.piece ?? '');
	const now = article.querySelector<HTMLElement>(`[data-piece="${id}"]`);
	const after = now && topOf(now)?.getBoundingClientRect().top;
	if (after != null) window.scrollBy({ top: after - before, behavior: 'instant' });
}
