import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Areas from left to right: each may import from those before it, never from those after. */
const AREAS = [
	'people',
	'challenges',
	'documents',
	'contributions',
	'ballots',
	'moderation',
	'decisions',
	'indicators',
	'record'
];
// Moderation, decisions, ballots and indicators stand side by side after contributions.
const SIDE_BY_SIDE = ['ballots', 'moderation', 'decisions', 'indicators'];

const lucia = {
	group: ['lucia', 'lucia/*'],
	message: 'Sessions go through #lib/people/lucia.server.ts, the one module that knows Lucia.'
};
const relativeRoutes = { group: ['**/routes/**'], message: 'Nothing imports a route.' };

const leftward = AREAS.map((area, place) => {
	const right = AREAS.filter(
		(other, otherPlace) =>
			other !== area &&
			(otherPlace > place || (SIDE_BY_SIDE.includes(area) && SIDE_BY_SIDE.includes(other)))
	);
	const groups = right.map((other) => ({
		group: [`#lib/${other}/**`],
		message: `${area} may not import ${other}: areas import leftward only.`
	}));
	return {
		files: [`src/lib/${area}/**/*.{ts,svelte}`],
		ignores: ['src/lib/people/lucia.server.ts', '**/*.test.ts'],
		rules: { 'no-restricted-imports': ['error', { patterns: [lucia, relativeRoutes, ...groups] }] }
	};
});

const domain = AREAS.map((area, place) => {
	const right = AREAS.slice(place + 1).map((other) => `#lib/${other}/**`);
	return {
		files: [`src/lib/${area}/**/*.server.ts`],
		ignores: ['src/lib/people/lucia.server.ts', '**/*.test.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						lucia,
						relativeRoutes,
						{
							group: ['@sveltejs/kit', '$app/*', '$env/*', 'svelte'],
							message: 'Domain code is plain.'
						},
						...(right.length ? [{ group: right, message: 'Areas import leftward only.' }] : [])
					]
				}
			]
		}
	};
});

export default ts.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'src/lib/paraglide/',
			'node_modules/',
			'tests/bench/node_modules/',
			'test-results/'
		]
	},
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'no-control-regex': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', ignoreRestSiblings: true }
			],
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			// Maps and sets that no markup reads need no reactivity, and most of ours are such.
			'svelte/prefer-svelte-reactivity': 'off',
			// Our addresses are plain paths; the app is never mounted below another one.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	},
	{
		files: ['src/**/*.ts', 'src/**/*.svelte'],
		ignores: ['src/lib/people/lucia.server.ts'],
		rules: { 'no-restricted-imports': ['error', { patterns: [lucia, relativeRoutes] }] }
	},
	{
		files: ['src/lib/server/**/*.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						lucia,
						{
							group: [
								...AREAS.map((area) => `#lib/${area}/**`),
								'#lib/demo/**',
								'#lib/start.server.ts'
							],
							message: 'Plumbing knows no area.'
						}
					]
				}
			]
		}
	},
	{
		files: ['src/lib/ui/**/*.{ts,svelte}'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							group: [...AREAS.map((area) => `#lib/${area}/**`), '#lib/server/**'],
							message: 'ui has no domain words.'
						}
					]
				}
			]
		}
	},
	...leftward,
	...domain,
	{
		files: ['src/routes/**/*.{ts,svelte}'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						lucia,
						{
							group: [
								'#lib/**/schema.server.ts',
								'#lib/server/db/**',
								'drizzle-orm',
								'drizzle-orm/*'
							],
							message: 'Routes call use-cases; tables are the areas’ own.'
						}
					]
				}
			]
		}
	}
);
