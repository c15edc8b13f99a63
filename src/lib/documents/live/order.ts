import { Parts, type Stretch } from './parts.ts';

/**
 * The stretches of several clients (one each, from their first unit) cut up so that what is handed out
 * never refers to what is not out yet: the order in which Yjs itself would integrate them. `atOnce`
 * parts are handed out together.
 */
export function* inOrder(stretches: Stretch[], atOnce: number): Generator<Stretch[][]> {
	const places = new Map(stretches.map((stretch) => [stretch.client, new Place(stretch)]));
	const touched = new Set<Place>();
	let count = 0;
	const taken = () => {
		const some = [...touched].map((place) => [place.take()]);
		touched.clear();
		count = 0;
		return some;
	};
	for (const wanted of [...places.values()].sort((a, b) => b.client - a.client)) {
		// Whoever lies above waits for nothing but the one on top.
		const stack: Place[] = [];
		for (;;) {
			const place = stack.at(-1) ?? wanted;
			if (place.isOut) {
				if (place === wanted) break;
				throw new Error('an update refers to what is not there');
			}
			const missing = place.missing(places);
			if (missing) {
				if (stack.length > places.size) throw new Error('updates refer to each other');
				stack.push(missing);
				continue;
			}
			place.hand();
			touched.add(place);
			stack.pop();
			count += 1;
			if (count >= atOnce) yield taken();
		}
	}
	if (count > 0) yield taken();
}

/** How far one client's parts are out. */
class Place {
	readonly client: number;
	readonly #stretch: Stretch;
	readonly #parts: Parts;
	/** The part after the last one out has been read, but waits. */
	#seen = false;
	#clock = 0;
	/** What is out and not taken yet. */
	#from: number;
	#to: number;
	#since = 0;
	#count = 0;

	constructor(stretch: Stretch) {
		this.client = stretch.client;
		this.#stretch = stretch;
		this.#parts = new Parts(stretch.data, stretch.from);
		this.#from = this.#to = stretch.from;
	}

	get isOut(): boolean {
		return this.#clock >= this.#stretch.end;
	}

	/** The client whose parts have to be out before the next one here. */
	missing(places: Map<number, Place>): Place | undefined {
		if (!this.#seen) this.#parts.next();
		this.#seen = true;
		const { originClient, originClock, rightClient, rightClock } = this.#parts;
		return (
			this.#waitsFor(places, originClient, originClock) ??
			this.#waitsFor(places, rightClient, rightClock)
		);
	}

	#waitsFor(places: Map<number, Place>, client: number, clock: number): Place | undefined {
		if (client < 0 || client === this.client) return undefined;
		const place = places.get(client);
		if (!place) throw new Error('an update refers to what is not there');
		return place.#clock > clock ? undefined : place;
	}

	/** The next part is out. */
	hand(): void {
		this.#seen = false;
		this.#clock += this.#parts.length;
		this.#to = this.#parts.at;
		this.#count += 1;
	}

	/** What came out since the last time. */
	take(): Stretch {
		const { client, data } = this.#stretch;
		const [clock, end, parts] = [this.#since, this.#clock, this.#count];
		const [from, to] = [this.#from, this.#to];
		this.#since = end;
		this.#from = to;
		this.#count = 0;
		return { client, clock, end, parts, data, from, to };
	}
}
