/** What a part of the meter means; each has a colour in the tokens and a phrase in the catalogue. */
export const METER_PARTS = ['strong', 'mild', 'if', 'none', 'against'] as const;
export type MeterPart = (typeof METER_PARTS)[number];
export type MeterCounts = Partial<Record<MeterPart, number>>;

/** A part of the bar: where it begins and how wide it is, in hundredths of the whole. */
export interface MeterSlice {
	part: MeterPart;
	count: number;
	from: number;
	width: number;
}

/** Lays the parts out in their fixed order; parts nobody chose are left out. */
export function sliceMeter(counts: MeterCounts): MeterSlice[] {
	const total = METER_PARTS.reduce((sum, part) => sum + (counts[part] ?? 0), 0);
	let from = 0;
	return METER_PARTS.flatMap((part) => {
		const count = counts[part] ?? 0;
		if (count <= 0) return [];
		const width = (100 * count) / total;
		const slice = { part, count, from, width };
		from += width;
		return [slice];
	});
}
