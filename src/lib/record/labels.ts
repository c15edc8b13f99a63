import { m } from '#lib/paraglide/messages.js';
import type { MailShow } from './inputs.ts';
import type { MailRhythm, NewsKind } from './kinds.ts';

/** The words for what the code calls by a key. */
export const kindLabel: Record<NewsKind, () => string> = {
	answered: m.record_kind_answered,
	replied: m.record_kind_replied,
	moderated: m.record_kind_moderated,
	invited: m.record_kind_invited,
	stale: m.record_kind_stale,
	rated: m.record_kind_rated,
	stage: m.record_kind_stage,
	contributions: m.record_kind_contributions,
	decided: m.record_kind_decided
};

export const rhythmLabel: Record<MailRhythm, { label: () => string; hint?: () => string }> = {
	at_once: { label: m.record_wishes_mail_at_once, hint: m.record_wishes_mail_at_once_hint },
	daily: { label: m.record_wishes_mail_daily, hint: m.record_wishes_mail_daily_hint },
	weekly: { label: m.record_wishes_mail_weekly, hint: m.record_wishes_mail_weekly_hint },
	never: { label: m.record_wishes_mail_never }
};

export const mailStateLabel: Record<MailShow, () => string> = {
	all: m.record_mail_show_all,
	waiting: m.record_mail_show_waiting,
	sent: m.record_mail_show_sent,
	caught: m.record_mail_show_caught,
	given_up: m.record_mail_show_given_up
};
