/** The shortcuts as people see them, in the order in which they are useful. */
import { m } from '#lib/paraglide/messages.js';

export interface Shortcut {
	keys: string[];
	does: string;
}

/** Keys are written for the machine in front of the person. */
export function shortcuts(mac: boolean): Shortcut[] {
	const mod = mac ? '⌘' : m.editor_key_ctrl();
	const alt = mac ? '⌥' : m.editor_key_alt();
	const shift = mac ? '⇧' : m.editor_key_shift();
	const tab = m.editor_key_tab();
	return [
		{ keys: [mod, 'B'], does: m.editor_strong() },
		{ keys: [mod, 'I'], does: m.editor_em() },
		{ keys: [mod, 'E'], does: m.editor_code() },
		{ keys: [mod, 'K'], does: m.editor_help_link() },
		{ keys: [mod, '. ,'], does: m.editor_help_sup() },
		{ keys: [mod, 'Z'], does: m.editor_undo() },
		{ keys: [mod, shift, 'Z'], does: m.editor_redo() },
		{ keys: [mod, alt, '1–6'], does: m.editor_help_heading() },
		{ keys: [mod, alt, '0'], does: m.editor_help_text() },
		{ keys: [mod, shift, '7'], does: m.editor_style_ordered() },
		{ keys: [mod, shift, '8'], does: m.editor_style_bullet() },
		{ keys: [mod, shift, '9'], does: m.editor_style_clause() },
		{ keys: [mod, alt, 'F'], does: m.editor_note() },
		{ keys: [shift, m.editor_key_enter()], does: m.editor_help_break() },
		{ keys: [`${tab}, ${shift} ${tab}`], does: m.editor_help_levels() },
		{ keys: [m.editor_key_escape(), tab], does: m.editor_help_leave() },
		{ keys: [mod, '/'], does: m.editor_help_help() }
	];
}

/** Signs that become structure: at the start of a paragraph, or around words. */
export function signs(): { start: Shortcut[]; around: Shortcut[] } {
	return {
		start: [
			{ keys: ['#', '##'], does: m.editor_help_heading() },
			{ keys: ['§'], does: m.editor_style_clause() },
			{ keys: ['-'], does: m.editor_style_bullet() },
			{ keys: ['1.'], does: m.editor_style_ordered() },
			{ keys: ['>'], does: m.editor_style_quote() },
			{ keys: ['```'], does: m.editor_style_code() }
		],
		around: [
			{ keys: ['**', '**'], does: m.editor_strong() },
			{ keys: ['*', '*'], does: m.editor_em() },
			{ keys: ['`', '`'], does: m.editor_code() }
		]
	};
}
