import { seedOf, type Seed } from '../live/seed.ts';
import { importMarkdown, type Imported } from './import.ts';

/** A file as the beginning of a text: everything that takes long for a large one is done. */
export interface Beginning extends Omit<Imported, 'delta'> {
	text: Seed;
}

/** Reads a file as `importMarkdown` does, with its refusals. */
export async function beginning(bytes: Uint8Array): Promise<Beginning> {
	const { delta, ...rest } = importMarkdown(bytes);
	return { ...rest, text: await seedOf(delta) };
}
