/** An address in the one form in which it is kept and compared. */
export function normalEmail(email: string): string {
	return email.normalize('NFKC').trim().toLowerCase();
}

/** Text as people search for it: without capitals and accents, in any script, on any database. */
export function folded(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
