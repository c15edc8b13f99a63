import { EventEmitter } from 'node:events';

/** What parts of the running house tell each other after a commit. Nothing here is durable. */
export interface Announcements {
	/** A person's rights changed, everywhere or on one document: decide again for live sockets. */
	rights: { personId: string; documentId?: string };
	/** A session ended (signed out, revoked, expired): its sockets close. */
	sessionEnded: { sessionId: string };
	/** All of a person's sessions ended. */
	personEnded: { personId: string };
	/** A document's stage, title or parties changed. */
	document: { documentId: string };
	/** A contribution on a document appeared or changed. */
	contribution: { documentId: string; contributionId: string };
	/** Somebody gave, changed or took back support for one thing on a document. */
	support: { documentId: string; type: string; id: string };
}

const ANY = Symbol('any');

/** A typed in-process bus: `announce` after the commit, `on` to listen; returns the way to stop. */
export class Bus {
	readonly #emitter = new EventEmitter().setMaxListeners(100);

	announce<Name extends keyof Announcements>(name: Name, payload: Announcements[Name]): void {
		this.#emitter.emit(name, payload);
		this.#emitter.emit(ANY);
	}

	/** Hears that something was announced, whatever it was; returns the way to stop. */
	onAny(listener: () => void): () => void {
		this.#emitter.on(ANY, listener);
		return () => this.#emitter.off(ANY, listener);
	}

	on<Name extends keyof Announcements>(
		name: Name,
		listener: (payload: Announcements[Name]) => void
	): () => void {
		this.#emitter.on(name, listener);
		return () => this.#emitter.off(name, listener);
	}
}
