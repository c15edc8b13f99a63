/**
 * Who is asking. Every use-case takes an `Actor`; it is read once per request or socket handshake
 * and holds everything that a policy needs, so that policies stay pure.
 */

/** How far the house knows that a person is who they say: nothing, their address, or their identity. */
export const VERIFICATIONS = ['none', 'email', 'verified'] as const;
export type Verification = (typeof VERIFICATIONS)[number];

/** What somebody may speak as. All but `citizen` are held at an Org. */
export const CAPACITY_KINDS = [
	'citizen',
	'employee',
	'representative',
	'expert',
	'partner'
] as const;
export type CapacityKind = (typeof CAPACITY_KINDS)[number];

/** Scoped trust. `policy_team` is held on one document, the others in the whole house. */
export const DUTY_KINDS = ['policy_team', 'moderator', 'innovation_lead', 'admin'] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];

/** An account as other areas may see it; the password's hash never leaves this area. */
export interface Person {
	id: string;
	name: string;
	email: string;
	verification: Verification;
	status: 'active' | 'disabled';
	/** Milliseconds. */
	createdAt: number;
	locale: string;
}

/** A person × Org × kind: what they may speak as. */
export interface Capacity {
	id: string;
	kind: CapacityKind;
	orgId: string | null;
	orgName: string | null;
}

/** A trust held on the whole house, or on one document (`scopeId`). */
export interface Duty {
	kind: DutyKind;
	scopeType: 'house' | 'document';
	scopeId: string | null;
}

/** The person asking (null: a visitor), through which session, and what they hold. */
export interface Actor {
	person: Person | null;
	sessionId: string | null;
	capacities: Capacity[];
	duties: Duty[];
}

/** Somebody who is signed in. */
export type SignedIn = Actor & { person: Person };

/** Nobody in particular: reads what is public. */
export const VISITOR: Actor = Object.freeze({
	person: null,
	sessionId: null,
	capacities: [],
	duties: []
});
