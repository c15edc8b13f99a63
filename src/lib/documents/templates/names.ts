import type { Kind } from '../kinds.ts';

/** The templates, named after the kind of text they start. */
export const TEMPLATES = ['policy', 'service_design'] as const satisfies Kind[];
export type Template = (typeof TEMPLATES)[number];
