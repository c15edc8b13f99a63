import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Outcome } from '#lib/contributions/kinds.ts';
import { contribution } from '#lib/contributions/schema.server.ts';
import type { FourMarks, Proof } from '#lib/contributions/views.ts';
import { document, documentVersion } from '#lib/documents/schema.server.ts';
import type { House } from '#lib/server/house.ts';
import type { Cite } from './kinds.ts';
import { contributionPath, decisionPath } from './links.ts';
import { batches } from './record.server.ts';
import { decision, disposition } from './schema.server.ts';

/**
 * The four marks of contributions, each with the page that proves it (A11). A reply has the answer of its
 * thread; what was merged has the answer of what speaks for it. Ids that do not exist are left out.
 */
export async function marksOf(house: House, ids: string[]): Promise<Map<string, FourMarks>> {
	const known = await withAnswerable(house, ids);
	const answering = new Map(ids.map((id) => [id, answerableFor(id, known)]));
	const roots = [...new Set(answering.values())].filter((id) => id !== undefined);
	const answers = await answersTo(house, roots);
	const proofs = await proofsIn(house, [...known.values()], [...answers.values()]);
	const marks = new Map<string, FourMarks>();
	for (const id of ids) {
		const row = known.get(id);
		if (!row) continue;
		const answer = answers.get(answering.get(id) ?? '');
		const slug = proofs.slugs.get(row.documentId) ?? '';
		marks.set(id, {
			heard: row.status === 'published' ? heardIn(slug, row) : null,
			answered: answer ? answeredBy(slug, row.outcome, answer) : null,
			...(answer ? proofs.ofUse(slug, row.documentId, answer) : { used: null, resulted: null })
		});
	}
	return marks;
}

/** Contributions as a page shows them, each with its four marks. */
export async function withMarks<Shown extends { id: string }>(
	house: House,
	all: readonly Shown[]
): Promise<Array<Shown & { marks: FourMarks | null }>> {
	if (all.length === 0) return [];
	const marks = await marksOf(
		house,
		all.map(({ id }) => id)
	);
	return all.map((one) => ({ ...one, marks: marks.get(one.id) ?? null }));
}

type Row = Pick<
	typeof contribution.$inferSelect,
	'id' | 'kind' | 'status' | 'parentId' | 'createdAt' | 'outcome' | 'mergedInto'
> & { documentId: string };

const FARTHEST = 5;

/** The contributions, the heads of their threads, and what speaks for those. */
async function withAnswerable(house: House, ids: string[]): Promise<Map<string, Row>> {
	const known = new Map<string, Row>();
	let wanted = [...new Set(ids)];
	for (let step = 0; step < FARTHEST && wanted.length > 0; step += 1) {
		for (const some of batches(wanted)) {
			const rows = await house.store.db
				.select({
					id: contribution.id,
					kind: contribution.kind,
					status: contribution.status,
					parentId: contribution.parentId,
					createdAt: contribution.createdAt,
					outcome: contribution.outcome,
					mergedInto: contribution.mergedInto,
					documentId: contribution.documentId
				})
				.from(contribution)
				.where(inArray(contribution.id, some));
			for (const { documentId, ...row } of rows) {
				if (documentId !== null) known.set(row.id, { ...row, documentId });
			}
		}
		const next = wanted.flatMap((id) => known.get(id)?.parentId ?? known.get(id)?.mergedInto ?? []);
		wanted = [...new Set(next)].filter((id) => !known.has(id));
	}
	return known;
}

/** Whose answer counts for a contribution: its own, its thread's, or that of what speaks for it. */
function answerableFor(id: string, known: ReadonlyMap<string, Row>): string | undefined {
	let row = known.get(id);
	for (let step = 0; step < FARTHEST && row; step += 1) {
		const next = row.parentId ?? row.mergedInto;
		if (!next) return row.id;
		row = known.get(next);
	}
	return row?.id;
}

interface Given {
	contributionId: string;
	outcome: Outcome;
	number: number;
	reason: string;
	at: number;
	cites: Cite[];
}

/** The answers in force, by contribution. */
export async function answersTo(house: House, ids: string[]): Promise<Map<string, Given>> {
	const found = new Map<string, Given>();
	for (const some of batches(ids)) {
		const rows = await house.store.db
			.select({
				contributionId: disposition.contributionId,
				outcome: disposition.outcome,
				number: decision.number,
				reason: decision.reason,
				at: decision.at,
				cites: decision.cites
			})
			.from(disposition)
			.innerJoin(decision, eq(decision.id, disposition.decisionId))
			.where(and(inArray(disposition.contributionId, some), isNull(disposition.endedAt)));
		for (const row of rows) found.set(row.contributionId, row);
	}
	return found;
}

function heardIn(slug: string, row: Row): Proof {
	return { at: row.createdAt, href: contributionPath(slug, row) };
}

function answeredBy(slug: string, own: Outcome | null, answer: Given): FourMarks['answered'] {
	const { number, reason, at } = answer;
	const outcome = own === 'merged' ? own : answer.outcome;
	return { at, href: decisionPath(slug, number), outcome, number, reason };
}

interface Proofs {
	slugs: ReadonlyMap<string, string>;
	ofUse(slug: string, documentId: string, answer: Given): Pick<FourMarks, 'used' | 'resulted'>;
}

/** Where it can be seen that words were used, and that the text they are in is in force. */
async function proofsIn(house: House, rows: Row[], answers: Given[]): Promise<Proofs> {
	const { db } = house.store;
	const documents = [...new Set(rows.map((row) => row.documentId))];
	const cited = (type: 'version' | 'decision') =>
		answers.flatMap(({ cites }) => cites.flatMap((cite) => (cite.type === type ? [cite.id] : [])));
	const [named, versions, decisions] = await Promise.all([
		db
			.select({ id: document.id, slug: document.slug })
			.from(document)
			.where(inArray(document.id, documents)),
		db
			.select({
				id: documentVersion.id,
				documentId: documentVersion.documentId,
				number: documentVersion.number,
				stage: documentVersion.stage,
				seq: documentVersion.seq,
				at: documentVersion.frozenAt
			})
			.from(documentVersion)
			.where(inArray(documentVersion.documentId, documents))
			.orderBy(asc(documentVersion.number)),
		db
			.select({ id: decision.id, number: decision.number, at: decision.at })
			.from(decision)
			.where(inArray(decision.id, cited('decision')))
	]);

	function useOf(slug: string, { cites, number, at }: Given) {
		for (const cite of cites) {
			if (cite.type === 'rows' && cite.to >= cite.from) {
				return { at, seq: cite.to, href: decisionPath(slug, number, 'changes') };
			}
			const version = cite.type === 'version' && versions.find(({ id }) => id === cite.id);
			if (version) {
				const href = `/documents/${slug}/versions/${version.number}`;
				return { at, seq: version.seq, href };
			}
			const other = cite.type === 'decision' && decisions.find(({ id }) => id === cite.id);
			if (other) return { at, seq: null, href: decisionPath(slug, other.number, 'changes') };
		}
		return null;
	}

	return {
		slugs: new Map(named.map(({ id, slug }) => [id, slug])),
		ofUse(slug, documentId, answer) {
			const changed = answer.outcome === 'accepted' || answer.outcome === 'partly';
			const use = changed ? useOf(slug, answer) : null;
			if (!use) return { used: null, resulted: null };
			const inForce = versions.find(
				(version) =>
					version.documentId === documentId &&
					version.stage === 'adopted' &&
					(use.seq === null ? version.at >= use.at : version.seq >= use.seq)
			);
			return {
				used: { at: use.at, href: use.href },
				resulted: inForce
					? { at: inForce.at, href: `/documents/${slug}/versions/${inForce.number}` }
					: null
			};
		}
	};
}
