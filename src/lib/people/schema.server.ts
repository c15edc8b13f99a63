import { bool, index, int, table, text, uniqueIndex } from '#lib/server/db/columns.ts';
import type { CapacityKind, DutyKind, Verification } from './actor.ts';
import type { OrgKind, OrgLevel } from './orgs.ts';

/** An account. Personal data lives here and nowhere in the record, so that it can be erased. */
export const person = table(
	'person',
	{
		id: text('id').primaryKey(),
		name: text('name').notNull(),
		/** Normalised (trimmed, lower case), so that one address is one row. */
		email: text('email').notNull(),
		/** Name and address without capitals and accents: the databases disagree on how to lower an É. */
		searchText: text('search_text').notNull(),
		/** Argon2id, as a PHC string; null: this account cannot sign in with a password. */
		passwordHash: text('password_hash'),
		verification: text('verification').$type<Verification>().notNull(),
		status: text('status').$type<'active' | 'disabled'>().notNull(),
		locale: text('locale').notNull(),
		/** Since when they agree to be named as a writer of the texts they wrote in; null: they do not. */
		namedSince: int('named_since'),
		createdAt: int('created_at').notNull()
	},
	(t) => [uniqueIndex('person_email').on(t.email), index('person_search').on(t.searchText)]
);

/** A sign-in on one browser. The id is the SHA-256 of the cookie's token: reading it signs nobody in. */
export const session = table(
	'session',
	{
		id: text('id').primaryKey(),
		personId: text('person_id')
			.notNull()
			.references(() => person.id, { onDelete: 'cascade' }),
		createdAt: int('created_at').notNull(),
		lastSeenAt: int('last_seen_at').notNull(),
		/** End when idle; moved on by use. */
		expiresAt: int('expires_at').notNull(),
		/** End whatever happens. */
		endsAt: int('ends_at').notNull(),
		/** Short and coarse, e.g. `Firefox · Linux`; never an address. */
		device: text('device').notNull()
	},
	(t) => [index('session_person').on(t.personId), index('session_expiry').on(t.expiresAt)]
);

/** A public body, union, university, company or association; a tree. */
export const org = table(
	'org',
	{
		id: text('id').primaryKey(),
		name: text('name').notNull(),
		kind: text('kind').$type<OrgKind>().notNull(),
		level: text('level').$type<OrgLevel>().notNull(),
		parentId: text('parent_id'),
		/** Employees: the denominator of engagement; null when unknown. */
		headcount: int('headcount'),
		isInnovationUnit: bool('is_innovation_unit').notNull(),
		createdAt: int('created_at').notNull()
	},
	(t) => [index('org_parent').on(t.parentId), index('org_name').on(t.name)]
);

/** What a person may speak as. `orgId` is '' for none: NULLs would escape the unique index. */
export const capacity = table(
	'capacity',
	{
		id: text('id').primaryKey(),
		personId: text('person_id')
			.notNull()
			.references(() => person.id, { onDelete: 'cascade' }),
		kind: text('kind').$type<CapacityKind>().notNull(),
		orgId: text('org_id').notNull(),
		grantedAt: int('granted_at').notNull(),
		/** Null: by the house itself (registration, set-up, demo). */
		grantedBy: text('granted_by')
	},
	(t) => [
		uniqueIndex('capacity_once').on(t.personId, t.kind, t.orgId),
		index('capacity_org').on(t.orgId)
	]
);

/** Scoped trust. `scopeId` is '' for the house, for the same reason. */
export const duty = table(
	'duty',
	{
		id: text('id').primaryKey(),
		personId: text('person_id')
			.notNull()
			.references(() => person.id, { onDelete: 'cascade' }),
		kind: text('kind').$type<DutyKind>().notNull(),
		scopeType: text('scope_type').$type<'house' | 'document'>().notNull(),
		scopeId: text('scope_id').notNull(),
		grantedAt: int('granted_at').notNull(),
		grantedBy: text('granted_by')
	},
	(t) => [
		uniqueIndex('duty_once').on(t.personId, t.kind, t.scopeType, t.scopeId),
		index('duty_scope').on(t.kind, t.scopeId)
	]
);

/** A secret given out once (set-up, later mailed links): hashed, for one purpose, one use, a while. */
export const oneTimeToken = table(
	'one_time_token',
	{
		/** SHA-256 of the secret. */
		id: text('id').primaryKey(),
		purpose: text('purpose').$type<'set_up'>().notNull(),
		personId: text('person_id'),
		createdAt: int('created_at').notNull(),
		expiresAt: int('expires_at').notNull(),
		usedAt: int('used_at')
	},
	(t) => [index('one_time_token_expiry').on(t.expiresAt)]
);
