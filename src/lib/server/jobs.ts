import type { House } from './house.ts';

/** One line of the timetable: a name, how often (ms), and the domain act it calls. */
export interface Job {
	name: string;
	every: number;
	run(house: House): Promise<unknown>;
}

/** Runs the timetable until stopped. A job never overlaps itself; a failure is logged and the next turn tries again. */
export function startJobs(house: House, jobs: Job[]): () => void {
	const timers = jobs.map((job) => {
		let running = false;
		return setInterval(async () => {
			if (running) return;
			running = true;
			try {
				await job.run(house);
			} catch (error) {
				house.log.error({ err: error, job: job.name }, 'job failed');
			} finally {
				running = false;
			}
		}, job.every).unref();
	});
	return () => timers.forEach((timer) => clearInterval(timer));
}
