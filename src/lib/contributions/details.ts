import { Invalid } from '#lib/errors.ts';
import {
	RISK_CATEGORIES,
	SOURCE_MAX,
	type ContributionKind,
	type Degree,
	type Detail
} from './kinds.ts';
import type { DetailView } from './views.ts';

/** What a form sends besides the words; a field that its kind does not have is empty. */
export interface DetailFields {
	source?: string | undefined;
	url?: string | undefined;
	category?: string | undefined;
	likelihood?: string | undefined;
	impact?: string | undefined;
}

const FIELDS: Record<ContributionKind, ReadonlyArray<keyof DetailFields>> = {
	annotation: [],
	comment: [],
	suggestion: [],
	question: [],
	opinion: [],
	lesson: [],
	evidence: ['source', 'url'],
	risk: ['category', 'likelihood', 'impact']
};

const NAMES = ['source', 'url', 'category', 'likelihood', 'impact'] as const;

/** Whether a form sends any of them at all. */
export function hasDetail(fields: DetailFields): boolean {
	return NAMES.some((name) => fields[name] !== undefined);
}

/** What the form to edit a remark begins with. */
export function detailValues(detail: DetailView | null): Record<string, string> {
	if (detail === null) return {};
	if (detail.kind === 'risk') {
		const { category, likelihood, impact } = detail;
		return { category, likelihood: String(likelihood), impact: String(impact) };
	}
	const { source, url, dataset } = detail;
	return { source, url: dataset ? `/documents/${dataset.slug}` : (url ?? '') };
}

/** The address of a text of this house, as people copy it. */
const OWN_TEXT = /^\/documents\/([^/?#]+)/;

/** Evidence whose address may be a text here: the caller looks it up. */
export type ReadDetail = { detail: Detail | null; slug: string | null };

/**
 * What a contribution of this kind says besides its words (C13). Invalid, naming the field:
 * `detail_unexpected`, `detail_source_missing`, `detail_source_too_long`, `detail_url_wrong`,
 * `detail_risk_incomplete`. `origin` is the house's own.
 */
export function readDetail(
	kind: ContributionKind,
	fields: DetailFields,
	origin: string
): ReadDetail {
	for (const name of NAMES) {
		if (fields[name]?.trim() && !FIELDS[kind].includes(name)) {
			throw new Invalid('detail_unexpected', { field: name });
		}
	}
	if (kind === 'evidence') return readEvidence(fields, origin);
	return { detail: kind === 'risk' ? readRisk(fields) : null, slug: null };
}

function readEvidence({ source: raw = '', url: address = '' }: DetailFields, origin: string) {
	const source = raw
		.toWellFormed()
		.replace(/[\p{Cc}\p{Z}]+/gu, ' ')
		.trim();
	if (source === '') throw new Invalid('detail_source_missing', { field: 'source' });
	if (source.length > SOURCE_MAX) {
		throw new Invalid('detail_source_too_long', {
			...{ field: 'source', limit: SOURCE_MAX, length: source.length }
		});
	}
	const { url, slug } = readAddress(address.trim(), origin);
	const detail: Detail = { kind: 'evidence', source, url, datasetId: null };
	return { detail, slug };
}

/** A web address, or nothing. Nothing but http and https, no name or password in it. */
function readAddress(address: string, origin: string) {
	if (address === '') return { url: null, slug: null };
	const own = OWN_TEXT.exec(address);
	const url = own ? URL.parse(address, origin) : URL.parse(address);
	const good =
		url !== null &&
		/^https?:$/.test(url.protocol) &&
		url.username === '' &&
		url.password === '' &&
		url.hostname !== '' &&
		url.href.length <= 2_000;
	if (!good) throw new Invalid('detail_url_wrong', { field: 'url' });
	const here = url.origin === new URL(origin).origin && OWN_TEXT.exec(url.pathname);
	return { url: url.href, slug: here ? decoded(here[1]!) : null };
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

function readRisk({ category, likelihood, impact }: DetailFields): Detail {
	const known = RISK_CATEGORIES.find((one) => one === category);
	const [likely, heavy] = [degreeOf(likelihood), degreeOf(impact)];
	if (!known) throw new Invalid('detail_risk_incomplete', { field: 'category' });
	if (!likely) throw new Invalid('detail_risk_incomplete', { field: 'likelihood' });
	if (!heavy) throw new Invalid('detail_risk_incomplete', { field: 'impact' });
	return { kind: 'risk', category: known, likelihood: likely, impact: heavy };
}

function degreeOf(text: string | undefined): Degree | null {
	return text === '1' || text === '2' || text === '3' ? (Number(text) as Degree) : null;
}
