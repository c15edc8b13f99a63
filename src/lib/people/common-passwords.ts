/**
 * What people choose when they do not choose: a short list of words written down here, and rules that
 * recognise each of them in its usual disguises (capitals, digits for letters, years and exclamation
 * marks at the ends, twice in a row), keyboard walks, counting and repetition. Works offline; refuses
 * many thousands of common passwords from one screen of text.
 */
const WORDS = new Set(
	`password passwort passord motdepasse contrasena senha parola secret geheim letmein welcome bienvenue
	willkommen login signin admin administrator administrateur root user username guest test tester testing
	demo default changeme changeit temp temporary master access system server computer internet network
	service support office company business citizen citoyen government state public house mairie city
	folkmoot iloveyou loveyou jetaime lovely love forever family famille mother father maman papa brother
	sister daughter baby darling honey sweetheart princess princesse prince queen king angel heart happy
	smile sunshine soleil moonlight rainbow flower rose butterfly chocolate chocolat cookie coffee cheese
	banana orange apple pepper ginger sugar monkey dragon tiger lion eagle panther dolphin horse rabbit kitten
	puppy doudou loulou chouchou minou football soccer baseball basketball hockey tennis rugby golf runner
	player winner champion superman batman spiderman pokemon naruto starwars matrix phoenix shadow ninja
	warrior hunter killer ranger soldier freedom liberty liberte justice america france canada london paris
	berlin madrid lisbon marseille spring summer autumn winter printemps automne hiver january february march
	april june july august september october november december janvier fevrier mars avril juin juillet aout
	septembre octobre novembre decembre monday tuesday wednesday thursday friday saturday sunday lundi mardi
	mercredi jeudi vendredi samedi dimanche michael michelle jessica jennifer ashley daniel andrew anthony
	charlie thomas nicolas nicole jordan taylor robert matthew hannah samantha alexander william george oliver
	sophie camille julien maxime antoine pierre mercedes ferrari porsche yamaha honda corvette mustang harley
	google facebook windows microsoft samsung iphone android hello bonjour hallo goodbye please merci thanks
	nothing whatever trustno one trustnoone qwerty azerty qwertz asdf zxcvbn money argent dollar bitcoin
	diamond silver golden crystal music guitar piano dance disney mickey snoopy garfield scooter bonheur
	amour coucou toto titi tata abc abcd abcdef xyz my the new old mon ma mes le la pass word number one two
	three`
		.split(/\s+/)
		.filter(Boolean)
);

const WALKS = [
	'abcdefghijklmnopqrstuvwxyz',
	'01234567890',
	'qwertyuiop',
	'asdfghjkl',
	'zxcvbnm',
	'azertyuiop',
	'qsdfghjklm',
	'wxcvbn',
	'qwertzuiop',
	'yxcvbnm',
	'1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik',
	'1q2w3e4r5t6y7u8i9o0p',
	'147258369',
	'!@#$%^&*()'
].flatMap((walk) => [walk, [...walk].reverse().join('')]);

const DISGUISES: Record<string, string> = {
	'0': 'o',
	'1': 'i',
	'3': 'e',
	'4': 'a',
	'5': 's',
	'7': 't',
	'8': 'b',
	'@': 'a',
	$: 's',
	'!': 'i',
	'€': 'e'
};

/** Whether a password is among the first that anybody would try. */
export function isCommon(password: string): boolean {
	const lower = fold(password);
	return isRepetition(lower) || isWalk(lower) || isDate(lower) || isWords(lower);
}

/** Whether little is left of a password once the person's own name and address are taken out. */
export function isPersonal(password: string, about: readonly string[]): boolean {
	const parts = about.flatMap((text) => fold(text).split(/[^\p{L}\p{N}]+/u));
	let rest = fold(password);
	const longestFirst = parts.filter((part) => part.length >= 3).sort((a, b) => b.length - a.length);
	for (const part of longestFirst) rest = rest.replaceAll(part, ' ');
	if (rest === fold(password)) return false;
	return rest.replace(/[^\p{L}]/gu, '').length < 4;
}

function fold(text: string): string {
	return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** `aaaaaaaa`, `12121212`, `abcdabcd`: one to four characters over and over. */
function isRepetition(text: string): boolean {
	for (let period = 1; period <= 4; period += 1) {
		if ([...text].every((char, at, all) => at < period || char === all[at - period])) return true;
	}
	return false;
}

/** Nothing but runs of three or more along the alphabet, the digits or the keyboard. */
function isWalk(text: string): boolean {
	let at = 0;
	while (at < text.length) {
		const length = longestWalk(text.slice(at));
		if (length < 3) return false;
		at += length;
	}
	return true;
}

function longestWalk(text: string): number {
	for (let length = Math.min(text.length, 32); length >= 3; length -= 1) {
		if (WALKS.some((walk) => walk.includes(text.slice(0, length)))) return length;
	}
	return 0;
}

/** Only digits and date marks, as long as a date or a telephone number. */
function isDate(text: string): boolean {
	return text.length <= 12 && /^[\d ./-]+$/.test(text);
}

/** Common words and walks only, in any disguise, with anything but letters at either end. */
function isWords(text: string): boolean {
	const bare = (value: string) => value.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
	const undisguised = (value: string) => [...value].map((char) => DISGUISES[char] ?? char).join('');
	return [bare(text), undisguised(bare(text)), bare(undisguised(text))].some((value) => {
		const letters = value.replace(/[^\p{L}]/gu, '');
		return letters === '' ? text.length < 16 : isMadeOf(letters, 3);
	});
}

/** Whether the letters are at most `most` common words or walks in a row. */
function isMadeOf(letters: string, most: number): boolean {
	if (WORDS.has(letters) || isWalk(letters)) return true;
	if (most === 1) return false;
	for (let cut = 2; cut < letters.length; cut += 1) {
		if (WORDS.has(letters.slice(0, cut)) && isMadeOf(letters.slice(cut), most - 1)) return true;
	}
	return false;
}
