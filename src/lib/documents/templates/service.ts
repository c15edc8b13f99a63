import { clause, guide, section, text, type Line } from './outline.ts';

/** A service design: whom it serves, the path through it, what it promises, how it is tried. */
export const service: Record<'en' | 'fr', Line[]> = {
	en: [
		guide(
			'Guidance stands in quotes like this one. Delete each when you no longer need it. Describe what people will live through, not how the office is organised.'
		),
		section('Who it is for'),
		guide('Two or three real situations. Include somebody for whom today’s service does not work.'),
		text('…'),
		section('What happens today'),
		guide('Follow one person from the first question to the result. Count visits, forms, days.'),
		text('…'),
		section('What will happen instead'),
		guide('One step per clause: what the person does, what they get, how long it takes.'),
		clause('The person …'),
		clause('They get … within … .'),
		clause('If they cannot …, they may … instead, and get the same result.'),
		section('What we promise'),
		guide('Promises that can be checked by somebody who was served.'),
		clause('Nobody is asked twice for something the administration already holds.'),
		clause('Everyone is told … and by whom.'),
		section('Data and privacy'),
		guide('Which data, why, who sees it, when it is deleted.'),
		clause('We keep … until …, so that … .'),
		section('People who deliver it'),
		guide(
			'What changes in whose work? Ask them and their representatives, and say what they answered.'
		),
		text('…'),
		section('Trial'),
		guide('Before you start: what you expect, from which figure, and what would make you stop.'),
		clause('We expect that … will go from … to … .'),
		clause('We stop if … .')
	],
	fr: [
		guide(
			'Les conseils apparaissent en citation, comme ici. Supprimez-les au fur et à mesure. Décrivez ce que vivront les personnes, non l’organisation du service.'
		),
		section('Pour qui'),
		guide(
			'Deux ou trois situations réelles, dont une personne que le service actuel laisse de côté.'
		),
		text('…'),
		section('Ce qui se passe aujourd’hui'),
		guide(
			'Suivez une personne, de la première question au résultat. Comptez visites, formulaires, jours.'
		),
		text('…'),
		section('Ce qui se passera'),
		guide(
			'Une étape par article : ce que fait la personne, ce qu’elle obtient, en combien de temps.'
		),
		clause('La personne …'),
		clause('Elle obtient … sous … .'),
		clause('Si elle ne peut pas …, elle peut … et obtient le même résultat.'),
		section('Nos engagements'),
		guide('Des engagements vérifiables par quelqu’un qui a été servi.'),
		clause('On ne demande jamais deux fois ce que l’administration sait déjà.'),
		clause('Chacun est informé de …, et par qui.'),
		section('Données et vie privée'),
		guide('Quelles données, pourquoi, qui les voit, quand elles sont effacées.'),
		clause('Nous gardons … jusqu’à …, afin de … .'),
		section('Celles et ceux qui rendent le service'),
		guide(
			'Qu’est-ce qui change, dans le travail de qui ? Demandez-leur, ainsi qu’à leurs représentants.'
		),
		text('…'),
		section('Essai'),
		guide(
			'Avant de commencer : ce que vous attendez, à partir de quel chiffre, et ce qui vous arrêterait.'
		),
		clause('Nous pensons que … passera de … à … .'),
		clause('Nous arrêtons si … .')
	]
};
