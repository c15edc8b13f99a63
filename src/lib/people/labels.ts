import { m } from '#lib/paraglide/messages.js';
import type { Capacity, CapacityKind, DutyKind, Verification } from './actor.ts';
import type { OrgKind, OrgLevel } from './orgs.ts';

/** The words for what somebody may speak as. */
export const capacityLabel: Record<CapacityKind, () => string> = {
	citizen: m.people_capacity_citizen,
	employee: m.people_capacity_employee,
	representative: m.people_capacity_representative,
	expert: m.people_capacity_expert,
	partner: m.people_capacity_partner
};

/** A capacity with the Org it is held at: "public employee, Parks Department". */
export function capacityWords({ kind, orgName }: Pick<Capacity, 'kind' | 'orgName'>): string {
	const capacity = capacityLabel[kind]();
	return orgName ? m.people_capacity_at({ capacity, org: orgName }) : capacity;
}

/** The words for a trust. */
export const dutyLabel: Record<DutyKind, () => string> = {
	policy_team: m.people_duty_policy_team,
	moderator: m.people_duty_moderator,
	innovation_lead: m.people_duty_innovation_lead,
	admin: m.people_duty_admin
};

/** The words for how far the house knows somebody. */
export const verificationLabel: Record<Verification, () => string> = {
	none: m.people_verification_none,
	email: m.people_verification_email,
	verified: m.people_verification_verified
};

export const orgKindLabel: Record<OrgKind, () => string> = {
	public_body: m.people_org_kind_public_body,
	union: m.people_org_kind_union,
	university: m.people_org_kind_university,
	company: m.people_org_kind_company,
	association: m.people_org_kind_association,
	community: m.people_org_kind_community
};

export const orgLevelLabel: Record<OrgLevel, () => string> = {
	national: m.people_org_level_national,
	regional: m.people_org_level_regional,
	local: m.people_org_level_local,
	international: m.people_org_level_international,
	none: m.people_org_level_none
};
