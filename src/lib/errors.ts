/**
 * The closed set of things that can go wrong on purpose. Domain code throws one of these with a
 * stable `code`; pages turn the code into a sentence in the reader's language, and sockets send it as it is.
 */
export type ErrorKind = 'NotFound' | 'Forbidden' | 'Invalid' | 'Conflict' | 'Closed' | 'TooMany';

/** Values a message may name, e.g. `{ limit: 5 }`. Never secrets: they reach the browser. */
export type ErrorParams = Record<string, string | number>;

/** An expected refusal: `kind` decides the HTTP status, `code` the sentence. */
export class HouseError extends Error {
	readonly kind: ErrorKind;
	readonly code: string;
	readonly params: ErrorParams;

	constructor(kind: ErrorKind, code: string, params: ErrorParams = {}) {
		super(`${kind}: ${code}`);
		this.name = kind;
		this.kind = kind;
		this.code = code;
		this.params = params;
	}
}

/** It does not exist, or is not this person's to know about (the two answer alike). */
export class NotFound extends HouseError {
	constructor(code = 'not_found', params?: ErrorParams) {
		super('NotFound', code, params);
	}
}

/** The person is known and may see it, but may not do this. */
export class Forbidden extends HouseError {
	constructor(code = 'forbidden', params?: ErrorParams) {
		super('Forbidden', code, params);
	}
}

/** The input is wrong; `params.field` names the field where there is one. */
export class Invalid extends HouseError {
	constructor(code = 'invalid', params?: ErrorParams) {
		super('Invalid', code, params);
	}
}

/** Somebody else was first, or the thing has moved on since it was read. */
export class Conflict extends HouseError {
	constructor(code = 'conflict', params?: ErrorParams) {
		super('Conflict', code, params);
	}
}

/** The time for this is over (a closed stage, a withdrawn document). */
export class Closed extends HouseError {
	constructor(code = 'closed', params?: ErrorParams) {
		super('Closed', code, params);
	}
}

/** A limit was met; `params.seconds` says when to try again. */
export class TooMany extends HouseError {
	constructor(code = 'too_many', params?: ErrorParams) {
		super('TooMany', code, params);
	}
}

const STATUS: Record<ErrorKind, number> = {
	NotFound: 404,
	Forbidden: 403,
	Invalid: 400,
	Conflict: 409,
	Closed: 410,
	TooMany: 429
};

/** The HTTP status that belongs to a refusal. */
export function httpStatus(error: HouseError): number {
	return STATUS[error.kind];
}

/** What a socket reply carries for any thrown value: a refusal as it is, anything else as `unexpected`. */
export function socketError(error: unknown): { kind: string; code: string; params: ErrorParams } {
	if (error instanceof HouseError) {
		return { kind: error.kind, code: error.code, params: error.params };
	}
	return { kind: 'Unexpected', code: 'unexpected', params: {} };
}
