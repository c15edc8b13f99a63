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
