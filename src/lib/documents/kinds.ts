/** What a text is for. */
export const KINDS = [
	'policy',
	'strategy',
	'service_design',
	'study',
	'case',
	'agreement',
	'dataset_note',
	'report',
	'template'
] as const;
export type Kind = (typeof KINDS)[number];

/** Under which terms others may use it, as SPDX names them. */
export const LICENCES = ['CC-BY-4.0', 'CC-BY-SA-4.0', 'CC0-1.0'] as const;
export type Licence = (typeof LICENCES)[number];

/** Languages a text may be written in (BCP 47), which screen readers and hyphenation follow. */
export const LANGUAGES = ['en', 'fr', 'de', 'es', 'it', 'nl', 'pl', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];
