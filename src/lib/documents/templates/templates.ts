import type { Kind } from '../kinds.ts';
import type { Delta } from '../text/blocks.ts';
import { textOf, type Line } from './outline.ts';
import { policy } from './policy.ts';
import { service } from './service.ts';

/** The templates by the kind of text they start. */
export const TEMPLATES = ['policy', 'service_design'] as const satisfies Kind[];
export type Template = (typeof TEMPLATES)[number];

const LINES: Record<Template, Record<'en' | 'fr', Line[]>> = { policy, service_design: service };

/** A first text with guidance for its authors; in French where asked for, otherwise in English. */
export function templateText(template: Template, language: string): Delta {
	return textOf(LINES[template][language === 'fr' ? 'fr' : 'en']);
}
