import { m } from '#lib/paraglide/messages.js';
import type { Kind, Licence } from './kinds.ts';
import type { Stage } from './stages.ts';

/** The words for what the code calls by a key; one function each, so that a page carries only its own. */

const STAGE: Record<Stage, typeof m.documents_stage_private> = {
	private: m.documents_stage_private,
	co_drafting: m.documents_stage_co_drafting,
	consultation: m.documents_stage_consultation,
	revising: m.documents_stage_revising,
	final: m.documents_stage_final,
	adopted: m.documents_stage_adopted,
	withdrawn: m.documents_stage_withdrawn
};

/** In the language of the page, or in another where it is said elsewhere (a letter). */
export function stageLabel(stage: Stage, locale?: 'en' | 'fr'): string {
	return STAGE[stage]({}, { locale });
}

const KIND: Record<Kind, () => string> = {
	policy: m.documents_kind_policy,
	strategy: m.documents_kind_strategy,
	service_design: m.documents_kind_service_design,
	study: m.documents_kind_study,
	case: m.documents_kind_case,
	agreement: m.documents_kind_agreement,
	dataset_note: m.documents_kind_dataset_note,
	report: m.documents_kind_report,
	template: m.documents_kind_template
};

export function kindLabel(kind: Kind): string {
	return KIND[kind]();
}

/** Licences are proper names: the same in every language. */
const LICENCE: Record<Licence, string> = {
	'CC-BY-4.0': 'CC BY 4.0',
	'CC-BY-SA-4.0': 'CC BY-SA 4.0',
	'CC0-1.0': 'CC0 1.0'
};

export function licenceLabel(licence: Licence): string {
	return LICENCE[licence];
}

/** A language by its own name, as its readers look for it. */
export function languageLabel(language: string): string {
	const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
	return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
