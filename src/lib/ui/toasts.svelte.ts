/** A message that passes: the confirmation of an act, or a failure that needs a look. */
export interface Toast {
	id: number;
	text: string;
	tone: 'success' | 'error';
}

/** Long enough to read two lines twice. Errors stay until dismissed. */
const SHOWN_MS = 8_000;

class Toasts {
	items = $state<Toast[]>([]);
	#next = 1;
	#timers = new Map<number, ReturnType<typeof setTimeout>>();

	/** Shows a message; call it in the browser only. Repeating the last message does not pile up. */
	show(text: string, tone: Toast['tone'] = 'success'): void {
		const last = this.items.at(-1);
		if (last?.text === text && last.tone === tone) return;
		const id = this.#next++;
		this.items.push({ id, text, tone });
		this.release(id);
	}

	dismiss(id: number): void {
		this.hold(id);
		this.items = this.items.filter((toast) => toast.id !== id);
	}

	/** Keeps a message while the pointer or the focus is on it. */
	hold(id: number): void {
		clearTimeout(this.#timers.get(id));
		this.#timers.delete(id);
	}

	/** Lets it go again after its time. */
	release(id: number): void {
		const toast = this.items.find((item) => item.id === id);
		if (!toast || toast.tone === 'error') return;
		this.hold(id);
		this.#timers.set(
			id,
			setTimeout(() => this.dismiss(id), SHOWN_MS)
		);
	}
}

/** The one region of passing messages; `Toasts.svelte` in the layout shows it. */
export const toasts = new Toasts();
