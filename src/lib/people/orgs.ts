/** What an Org is; the labels are in the message catalogue. */
export const ORG_KINDS = [
	'public_body',
	'union',
	'university',
	'company',
	'association',
	'community'
] as const;
export type OrgKind = (typeof ORG_KINDS)[number];

/** At which level of government or reach an Org works. */
export const ORG_LEVELS = ['national', 'regional', 'local', 'international', 'none'] as const;
export type OrgLevel = (typeof ORG_LEVELS)[number];

/** An Org as the rest of the product sees it. */
export interface Org {
	id: string;
	name: string;
	kind: OrgKind;
	level: OrgLevel;
	parentId: string | null;
	/** Employees; null when unknown. */
	headcount: number | null;
	isInnovationUnit: boolean;
}

/** An Org with those that are part of it. */
export interface OrgNode {
	org: Org;
	below: OrgNode[];
}

/** Orgs as a tree, in the order given; `without` leaves out that Org and all that is part of it. */
export function treeOf(orgs: readonly Org[], without?: string): OrgNode[] {
	const known = new Set(orgs.map(({ id }) => id));
	const under = (parentId: string | null): OrgNode[] =>
		orgs
			.filter(
				(org) =>
					org.id !== without && (known.has(org.parentId ?? '') ? org.parentId : null) === parentId
			)
			.map((org) => ({ org, below: under(org.id) }));
	return under(null);
}

/** A tree as the options of a choice: each name stands a little further in than the one it is part of. */
export function indentedNames(
	tree: readonly OrgNode[],
	depth = 0
): { value: string; label: string }[] {
	return tree.flatMap(({ org, below }) => [
		{ value: org.id, label: `${'\u2003'.repeat(depth)}${org.name}` },
		...indentedNames(below, depth + 1)
	]);
}

/** What the form calls its fields, as the use-cases name them. */
export function orgInput(form: {
	name: string;
	kind: OrgKind;
	level: OrgLevel;
	parent: string | null;
	headcount: number | null;
	innovation: boolean;
}): Omit<Org, 'id'> {
	const { name, kind, level, parent, headcount, innovation } = form;
	return { name, kind, level, parentId: parent, headcount, isInnovationUnit: innovation };
}
