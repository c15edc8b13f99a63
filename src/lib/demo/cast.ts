import type { CapacityKind } from '#lib/people/actor.ts';
import type { OrgKind, OrgLevel } from '#lib/people/orgs.ts';

/** The organisations of fictional Meravia, parents before their children. */
export const orgs = [
	{ key: 'city', kind: 'public_body', level: 'local', name: 'City of Meravia', headcount: 6200 },
	{
		key: 'space',
		parent: 'city',
		kind: 'public_body',
		name: 'Department of Public Space',
		headcount: 340
	},
	{ key: 'parks', parent: 'city', kind: 'public_body', name: 'Parks Department', headcount: 210 },
	{ key: 'clerk', parent: 'city', kind: 'public_body', name: 'City Clerk’s Office', headcount: 85 },
	{
		key: 'digital',
		parent: 'city',
		kind: 'public_body',
		name: 'Digital Services',
		headcount: 60,
		lab: true
	},
	{ key: 'university', kind: 'university', name: 'University of Meravia', headcount: 3100 },
	{ key: 'heatlab', parent: 'university', kind: 'university', name: 'Heat Lab', headcount: 24 },
	{ key: 'wheelchair', kind: 'union', name: 'Wheelchair Users’ Union', headcount: 5 },
	{ key: 'vendors', kind: 'association', name: 'Street Vendors’ Association', headcount: 3 },
	{ key: 'seniors', kind: 'association', name: 'Seniors’ Council', headcount: 2 },
	{ key: 'workers', kind: 'union', name: 'Municipal Workers’ Union', headcount: 18 },
	{ key: 'hardware', kind: 'company', name: 'Adeyemi & Daughters, household goods', headcount: 4 }
] satisfies CastOrg[];

type CastOrg = {
	key: string;
	parent?: string;
	kind: OrgKind;
	level?: OrgLevel;
	name: string;
	headcount: number;
	lab?: true;
};

/** What somebody speaks as: a capacity, at an organisation unless they speak for themselves. */
export type CastCapacity = {
	kind: CapacityKind;
	org?: string;
	title?: string;
};

export type CastMember = {
	key: string;
	name: string;
	email: string;
	/** Whether the city has checked who they are. */
	verified: boolean;
	/** The first is the one they usually speak in. */
	capacities: CastCapacity[];
	duty?: 'admin' | 'moderator';
	/** Does not wish to be named as a writer of texts. */
	unnamed?: true;
	/** One line for the demo's list of sign-ins. */
	about: string;
};

/** Everyone in the demo. All of them are invented. */
export const cast: CastMember[] = [
	{
		key: 'emil',
		name: 'Emil Sorensen',
		email: 'emil@meravia.example',
		verified: true,
		capacities: [{ kind: 'employee', org: 'digital', title: 'platform manager' }],
		duty: 'admin',
		about: 'Runs the portal'
	},
	{
		key: 'rafael',
		name: 'Rafael Keita',
		email: 'rafael@meravia.example',
		verified: true,
		capacities: [{ kind: 'employee', org: 'space', title: 'policy lead' }],
		about: 'Leads both texts'
	},
	{
		key: 'dana',
		name: 'Dana Kim',
		email: 'dana@meravia.example',
		verified: true,
		capacities: [
			{ kind: 'employee', org: 'parks', title: 'tree officer' },
			{ kind: 'representative', org: 'workers', title: 'gardeners’ delegate' }
		],
		about: 'Co-writes both texts, and speaks for the gardeners'
	},
	{
		key: 'priya',
		name: 'Priya Raman',
		email: 'priya@meravia.example',
		verified: true,
		capacities: [{ kind: 'partner', org: 'heatlab', title: 'climate scientist' }],
		about: 'Co-writes the ordinance, measures the heat'
	},
	{
		key: 'jonas',
		name: 'Jonas Okafor',
		email: 'jonas@meravia.example',
		verified: true,
		capacities: [{ kind: 'partner', org: 'wheelchair', title: 'accessibility officer' }],
		about: 'Co-writes both texts, carries a tape measure'
	},
	{
		key: 'ines',
		name: 'Ines Tavares',
		email: 'ines@meravia.example',
		verified: true,
		capacities: [{ kind: 'partner', org: 'vendors', title: 'secretary' }],
		about: 'Co-writes the ordinance, speaks for 310 vendors'
	},
	{
		key: 'marta',
		name: 'Marta Lindqvist',
		email: 'marta@meravia.example',
		verified: true,
		capacities: [{ kind: 'partner', org: 'seniors', title: 'chair' }],
		about: 'Co-writes both texts, 78 years old, walks everywhere'
	},
	{
		key: 'amina',
		name: 'Amina Moreau',
		email: 'amina@meravia.example',
		verified: true,
		capacities: [{ kind: 'citizen' }],
		about: 'Sells cold tea from a cart; co-writes Cool stops'
	},
	{
		key: 'lena',
		name: 'Lena Ruiz',
		email: 'lena@meravia.example',
		verified: true,
		capacities: [{ kind: 'citizen' }],
		unnamed: true,
		about: 'Night nurse and tenant; co-writes the ordinance'
	},
	{
		key: 'paul',
		name: 'Paul Adeyemi',
		email: 'paul@meravia.example',
		verified: true,
		capacities: [{ kind: 'partner', org: 'hardware', title: 'shop owner' }],
		about: 'Keeps a shop in Old Town, comments'
	},
	{
		key: 'noor',
		name: 'Noor Haddad',
		email: 'noor@meravia.example',
		verified: true,
		capacities: [{ kind: 'employee', org: 'clerk', title: 'public forum officer' }],
		duty: 'moderator',
		about: 'Moderates'
	},
	{
		key: 'bruno',
		name: 'Bruno Castell',
		email: 'bruno@meravia.example',
		verified: false,
		capacities: [{ kind: 'citizen' }],
		about: 'New here: his first remark waits for a moderator'
	}
];

/** What a visitor needs to come in as one of the cast. */
export interface DemoSignIn {
	email: string;
	password: string;
	who: string;
}

/** The same for everyone: this is a demonstration, and it is printed where it runs. */
export const DEMO_PASSWORD = 'cool-shade-for-all';

export const signIns: DemoSignIn[] = cast.map(({ name, email, capacities, about }) => ({
	email,
	password: DEMO_PASSWORD,
	who: [name, capacities[0]?.title, about].filter(Boolean).join(' · ')
}));
