import { escapeHtml } from '#lib/documents/render/escape.ts';
import { m } from '#lib/paraglide/messages.js';
import type { MailRhythm } from './kinds.ts';
import { newsPath, newsSentence, type NewsLine } from './lines.ts';

/** What a letter is made of. */
export interface LetterOf {
	name: string;
	locale: 'en' | 'fr';
	lines: NewsLine[];
	/** How many more there are. */
	more: number;
	rhythm: Exclude<MailRhythm, 'never'>;
	/** The address of the house, without a slash at the end. */
	origin: string;
	/** The path that ends these letters. */
	unsubscribe: string;
}

export interface Letter {
	subject: string;
	text: string;
	html: string;
}

const WHY = {
	at_once: m.record_letter_why_at_once,
	daily: m.record_letter_why_daily,
	weekly: m.record_letter_why_weekly
};

/** The letter that tells of these news, in the reader's language (N7). */
export function composeLetter(of: LetterOf): Letter {
	const subject = subjectOf(of);
	return { subject, text: textOf(of), html: htmlOf(of, subject) };
}

function subjectOf({ lines, more, locale }: LetterOf): string {
	const titles = new Set(lines.map(({ document }) => document?.slug));
	const title = tame(lines[0]?.document?.title ?? '', 80);
	const count = lines.length + more;
	if (count === 1 && title) {
		const sentence = tame(newsSentence(lines[0]!, { locale }), 120);
		return m.record_letter_subject_one({ sentence, title }, { locale });
	}
	return titles.size === 1 && title
		? m.record_letter_subject_titled({ count, title }, { locale })
		: m.record_letter_subject({ count }, { locale });
}

function textOf(of: LetterOf): string {
	const { lines, more, locale, origin, rhythm } = of;
	const told = lines.map((line) => {
		const title = tame(line.document?.title ?? '');
		const first = `• ${tame(newsSentence(line, { locale }))}`;
		return [first, ...(title ? [`  ${title}`] : []), `  ${origin}${newsPath(line)}`].join('\n');
	});
	if (more > 0) told.push(`• ${m.record_letter_more({ count: more }, { locale })}`);
	const end = [
		`${m.record_letter_inbox({}, { locale })}: ${origin}/news`,
		`${WHY[rhythm]({}, { locale })}`,
		`${m.record_letter_settings({}, { locale })}: ${origin}/account/news`,
		`${m.record_letter_unsubscribe({}, { locale })}: ${origin}${of.unsubscribe}`
	];
	return [greeting(of), ...told, `-- \n${end.join('\n')}`].join('\n\n') + '\n';
}

// Mail programs know no stylesheet of ours; nothing is fetched from anywhere.
const STYLE = `
body{margin:0;background:#f6f4ef;color:#1d1c1a;font:16px/1.5 system-ui,sans-serif}
main{max-width:36rem;margin:0 auto;padding:24px}
ul{padding:0;list-style:none}
li{margin:0 0 12px;padding:14px 16px;border:1px solid #ddd8cc;border-radius:8px;background:#fff}
a{color:#1f5f4a}
li a{font-weight:600;text-decoration:none}
span,footer{color:#5c5850;font-size:14px}
@media (prefers-color-scheme:dark){
body{background:#171614;color:#ece9e2}
li{background:#201f1c;border-color:#3a382f}
a{color:#8fcdb4}
span,footer{color:#aca79b}
}
`;

function htmlOf(of: LetterOf, subject: string): string {
	const { lines, more, locale, origin, rhythm } = of;
	const items = lines.map((line) => {
		const sentence = safe(newsSentence(line, { locale }));
		const title = line.document && safe(line.document.title);
		const where = title ? `<br><span lang="${safe(line.document!.language)}">${title}</span>` : '';
		return `<li><a href="${safe(origin + newsPath(line))}">${sentence}</a>${where}</li>`;
	});
	if (more > 0) items.push(`<li>${safe(m.record_letter_more({ count: more }, { locale }))}</li>`);
	const link = (path: string, words: string) =>
		`<a href="${safe(origin + path)}">${safe(words)}</a>`;
	const end = [
		link('/news', m.record_letter_inbox({}, { locale })),
		safe(WHY[rhythm]({}, { locale })),
		link('/account/news', m.record_letter_settings({}, { locale })),
		link(of.unsubscribe, m.record_letter_unsubscribe({}, { locale }))
	];
	return [
		`<!doctype html><html lang="${locale}"><head><meta charset="utf-8">`,
		'<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">',
		`<title>${safe(subject)}</title><style>${STYLE}</style></head><body><main>`,
		`<p>${safe(greeting(of))}</p><ul>${items.join('')}</ul>`,
		`<footer>${end.map((line) => `<p>${line}</p>`).join('')}</footer></main></body></html>`
	].join('');
}

function greeting({ name, locale }: LetterOf): string {
	return m.record_letter_greeting({ name: tame(name, 80) }, { locale });
}

function safe(text: string): string {
	return escapeHtml(tame(text, 2_000));
}

/**
 * Names and titles are other people's: one line, nothing invisible, nothing that turns the direction
 * of writing, no longer than a line should be.
 */
export function tame(text: string, most = 200): string {
	const line = text
		.toWellFormed()
		.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.replace(/[\p{Cf}\ufff9-\ufffb]/gu, '')
		.trim();
	return line.length > most ? `${line.slice(0, most - 1).toWellFormed()}…` : line;
}
