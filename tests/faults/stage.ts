import { HouseServer, type ServerOptions } from './server.ts';
import { buildTown, type Town } from './town.ts';
import { seatTypists, type Typist } from './typist.ts';
import { until } from './fault.ts';

/** A town, its server and people who write in it. */
export interface Stage {
	town: Town;
	server: HouseServer;
	typists: Typist[];
	/** Starts the server again, on the same port and file. */
	again(): Promise<void>;
	/** How many acts all of them have had acknowledged. */
	acked(): number;
	/** Waits until nobody has anything unsaved and everybody shows the same text. */
	settle(ms?: number): Promise<void>;
}

interface StageOptions extends Partial<Pick<ServerOptions, 'env'>> {
	/** Who may write, and how many of them do so from the start. */
	people: number;
	typists?: number;
	/** How many drafts there are; the typists write in the first. */
	drafts?: number;
	folder?: string;
}

/** Sets the stage, plays, and clears everything away, however it ends. */
export async function onStage<T>(
	{ people, typists: count = people, drafts, folder, env }: StageOptions,
	play: (stage: Stage) => Promise<T>
): Promise<T> {
	const town = await buildTown(people, { drafts, folder });
	const options = { file: town.file, env };
	const stage: Stage = {
		town,
		server: await HouseServer.start(options),
		typists: [],
		async again() {
			stage.server = await HouseServer.start({ ...options, port: stage.server.port });
		},
		acked: () => stage.typists.reduce((sum, { journal }) => sum + journal.count('ok'), 0),
		async settle(ms = 120_000) {
			const here = stage.typists.filter(({ document }) => document.reason === null);
			const states = () => here.map(({ document }) => document.state).join();
			await until(
				// Who may only read any more has nothing to save, and nothing left over.
				() =>
					here.every(
						({ saved, document }) => saved || (document.right === 'read' && document.unsaved === 0)
					),
				() => `everything is saved (${states()})`,
				ms
			);
			const texts = () => new Set(here.map(({ document }) => document.body.toString()));
			await until(() => texts().size <= 1, 'the replicas agree', ms);
		}
	};
	try {
		stage.typists = await seatTypists(stage.server.url, town, count);
		return await play(stage);
	} finally {
		await Promise.all(stage.typists.map(({ document }) => document.close()));
		await stage.server.end('SIGKILL');
		await town.remove();
	}
}
