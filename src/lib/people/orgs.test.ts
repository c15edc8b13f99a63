import { describe, expect, it } from 'vitest';
import { indentedNames, treeOf, type Org } from './orgs.ts';

const org = (id: string, parentId: string | null): Org => ({
	id,
	name: id,
	kind: 'public_body',
	level: 'local',
	parentId,
	headcount: null,
	isInnovationUnit: false
});
const orgs = [org('city', null), org('parks', 'city'), org('trees', 'parks'), org('union', null)];

describe('the tree of orgs', () => {
	it('nests, and indents for a choice', () => {
		expect(indentedNames(treeOf(orgs)).map(({ label }) => label)).toEqual([
			'city',
			'\u2003parks',
			'\u2003\u2003trees',
			'union'
		]);
	});

	it('leaves out a branch, and shows at the top what has lost its parent', () => {
		expect(indentedNames(treeOf(orgs, 'parks')).map(({ value }) => value)).toEqual([
			'city',
			'union'
		]);
		expect(treeOf([org('lost', 'gone')]).map(({ org: { id } }) => id)).toEqual(['lost']);
	});
});
