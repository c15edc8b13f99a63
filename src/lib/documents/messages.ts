/**
 * Everything that travels between a client and the live engine, as one typed map: event → payload.
 * What a client sends is checked against its schema; README.md tells the protocol in prose.
 */
import * as v from 'valibot';

/** The protocol spoken here. A client of an older major is told to reload. */
export const PROTOCOL = '2.0';

/** How many leases a client holds in reserve, for pages opened offline. */
export const SPARE_LEASES = 4;

const documentId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const number = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Payloads a client sends; binary arguments follow the payload. */
export const fromClient = {
	/** Binary: the state vector of what the client has. Answered with `Opened` and the difference. */
	open: v.strictObject({
		document: documentId,
		/** `page`: only told that something changed. */
		mode: v.picklist(['write', 'read', 'page']),
		/** The epoch the client's text is of; 0 when it has none. */
		epoch: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
		/** How many leases it lacks. */
		leases: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(SPARE_LEASES + 1))
	}),
	close: v.strictObject({ document: documentId }),
	/** Binary: one Yjs V1 update. */
	edit: v.strictObject({ document: documentId, n: number }),
	/** Binary: where the person's selection begins and ends; empty when there is none. */
	cursor: v.strictObject({ document: documentId })
} as const;

export type FromClient = {
	[Name in keyof typeof fromClient]: v.InferOutput<(typeof fromClient)[Name]>;
};

export type Mode = FromClient['open']['mode'];
export type Right = 'none' | 'read' | 'write';

/** Somebody seen in a document. `tag` is the connection, so one person may be there twice. */
export interface Here {
	tag: number;
	personId: string;
	name: string;
	initials: string;
	/** 0–11: which of the palette. */
	colour: number;
}

/** The answer to `open`; its binary argument brings the client up to date. */
export interface Opened {
	epoch: number;
	seq: number;
	right: Right;
	/** This connection's number in `frame.saved` and in presence. */
	tag: number;
	leases: number[];
}

/** What a refusal says, on any event. */
export interface Refusal {
	kind: string;
	code: string;
	params: Record<string, string | number>;
}

/** Payloads the server sends; binary arguments follow the payload. */
export interface FromServer {
	/** Binary: what the frame brings, as few updates as there are. `saved`: tag, n, tag, n, … */
	frame: { document: string; epoch: number; seq: number; saved: number[] };
	/** Everything this connection sent up to `n` is on disk. */
	saved: { document: string; n: number; seq: number };
	/** Binary: one update that brings a connection that had fallen behind up to date. */
	state: { document: string; epoch: number; seq: number; saved: number };
	refused: { document: string; n: number } & Refusal;
	rights: { document: string; right: Right };
	/** The text was rebuilt: open it again from nothing. */
	epoch: { document: string; epoch: number };
	/** Binary: one cursor for each entry of `moved`, in order. */
	presence: {
		document: string;
		writing: number;
		reading: number;
		came: Here[];
		moved: number[];
		left: number[];
	};
	/** What people say about the text has changed: somebody said, edited or took back something. */
	remarks: { document: string };
	/** To pages: the text has moved on to this row. */
	changed: { document: string; epoch: number; seq: number };
	/** The server is going; come back after this many milliseconds. */
	bye: { retryIn: number };
}
