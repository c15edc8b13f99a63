import type { Mode } from '../messages.ts';
import type { LiveStorage } from './client-storage.ts';
import type { LinkOptions } from './link.ts';

export interface LiveOptions {
	/** The server's address; the page's own when left out. */
	url?: string;
	documentId: string;
	storage: LiveStorage;
	mode?: Exclude<Mode, 'page'>;
	io?: LinkOptions;
	/** How long own edits are gathered before they are sent, ms. */
	gatherMs?: number;
}

/**
 * - `connecting`: nothing to show yet. `saving` / `saved`: own work is on its way / on the server's disk.
 * - `offline`: kept on this device, sent later. `readonly`: may look, not write.
 * - `refused`: this object is finished, `reason` says why; open the document again (kept work is listed).
 */
export type LiveState = 'connecting' | 'saving' | 'saved' | 'offline' | 'readonly' | 'refused';

/** `change`: state, right or count of unsaved updates. `company`: who is here. `kept`: work was set aside. `remarks`: people said something. */
export type LiveEvent = 'change' | 'company' | 'kept' | 'remarks';
