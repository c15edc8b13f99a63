import type { Delta } from '../text/blocks.ts';
import type { Template } from './names.ts';
import { textOf, type Line } from './outline.ts';
import { policy } from './policy.ts';
import { service } from './service.ts';

const LINES: Record<Template, Record<'en' | 'fr', Line[]>> = { policy, service_design: service };

/** A first text with guidance for its authors; in French where asked for, otherwise in English. */
export function templateText(template: Template, language: string): Delta {
	return textOf(LINES[template][language === 'fr' ? 'fr' : 'en']);
}
