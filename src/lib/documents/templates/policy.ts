import { clause, guide, point, section, type Line } from './outline.ts';

/** A policy: what is decided, for whom, who pays, how one knows whether it worked. */
export const policy: Record<'en' | 'fr', Line[]> = {
	en: [
		guide(
			'Guidance stands in quotes like this one. Delete each when you no longer need it. Write short clauses: one duty, one sentence, one person who must act.'
		),
		section('Purpose'),
		guide('Name the problem in words a neighbour would use, with one figure and where it is from.'),
		clause('This policy exists so that people can …'),
		clause('It counts as a success when … by the end of …'),
		section('Who and what it covers'),
		guide('Say who is bound, where, and from when. Say what stays outside.'),
		clause('It applies to …'),
		clause('It does not apply to …'),
		section('What we mean'),
		guide('Define only words that are used below in a sense of their own.'),
		clause('“…” means …'),
		section('What will be done'),
		guide('The heart of the text. Prefer “must”, “may” and “must not”. Name the office that acts.'),
		clause('The … must:'),
		point('…, before …;'),
		point('… .'),
		clause('Anyone may ask … to …, and gets an answer within … days.'),
		section('Exceptions'),
		guide('An exception needs a condition, somebody who decides, and an end.'),
		clause('The … may allow … when …, for at most …, giving its reasons in public.'),
		section('Money and people'),
		clause('The yearly cost is … , paid from … .'),
		section('Measuring and review'),
		guide(
			'Give today’s figure, the target, who reads it and when. What happens when it is missed?'
		),
		clause('Every year the … publishes … . It was … in … ; the target is … .'),
		clause('This text is reviewed by … , with the people it concerns.')
	],
	fr: [
		guide(
			'Les conseils apparaissent en citation, comme ici. Supprimez-les au fur et à mesure. Écrivez des articles courts : une obligation, une phrase, un responsable.'
		),
		section('Objet'),
		guide('Décrivez le problème avec les mots d’un voisin, un chiffre et sa source.'),
		clause('Ce texte doit permettre à chacun de …'),
		clause('Il aura réussi si …, à la fin de …'),
		section('Champ d’application'),
		guide('Dites qui est tenu, où et à partir de quand. Dites ce qui reste en dehors.'),
		clause('Il s’applique à …'),
		clause('Il ne s’applique pas à …'),
		section('Définitions'),
		guide('Ne définissez que les mots employés plus bas dans un sens particulier.'),
		clause('« … » désigne …'),
		section('Ce qui sera fait'),
		guide(
			'Le cœur du texte. Préférez « doit », « peut » et « ne peut pas ». Nommez le service qui agit.'
		),
		clause('Le service … doit :'),
		point('…, avant … ;'),
		point('… .'),
		clause('Toute personne peut demander à … de …, et reçoit une réponse sous … jours.'),
		section('Exceptions'),
		guide('Une exception suppose une condition, quelqu’un qui décide et une fin.'),
		clause('Le service … peut autoriser … lorsque …, pour … au plus, en publiant ses raisons.'),
		section('Moyens'),
		clause('Le coût annuel est de …, pris sur … .'),
		section('Mesure et révision'),
		guide(
			'Donnez le chiffre actuel, l’objectif, qui le relève et quand. Que se passe-t-il s’il est manqué ?'
		),
		clause('Chaque année, … publie … . La valeur était de … en … ; l’objectif est de … .'),
		clause('Ce texte est revu avant …, avec les personnes concernées.')
	]
};
