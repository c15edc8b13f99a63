/** What is measured: who is in the document and how fast they type. */
export interface Row {
	name: string;
	editors: number;
	/** Updates per second of each editor. */
	rate: number;
	/** The same before anything is measured; as `rate` when left out. */
	warmRate?: number;
	readers: number;
	/** The peers that take part beside us and the limit. */
	peers: string[];
}

const PEERS = ['hocuspocus', 'hocuspocus-20', 'y-websocket', 'y-socket-io', 'raw-ws'];

export const ROWS: Row[] = [
	{ name: 'editors-100', editors: 100, rate: 5, readers: 0, peers: PEERS },
	{ name: 'editors-400', editors: 400, rate: 4, readers: 0, peers: PEERS },
	{ name: 'editors-1000', editors: 1000, rate: 2, readers: 0, peers: ['hocuspocus'] },
	// A quiet document of a house that is at work: at a character a second nothing would be compiled.
	{ name: 'quiet-5', editors: 5, rate: 1, warmRate: 20, readers: 0, peers: PEERS },
	{ name: 'readers-1000', editors: 20, rate: 4, readers: 1000, peers: ['hocuspocus-20', 'raw-ws'] },
	{ name: 'readers-10000', editors: 20, rate: 4, readers: 10_000, peers: [] },
	{ name: 'broadcast-1000', editors: 1, rate: 20, readers: 999, peers: ['raw-ws', 'y-socket-io'] }
];

/** Measurements that are programs of their own, by the name of their row. */
export const PROGRAMS = ['kill', 'binding', 'cold-open', 'pages', 'suggestions', 'lighthouse'];

export const DEFAULT_ROWS = ['editors-100'];
