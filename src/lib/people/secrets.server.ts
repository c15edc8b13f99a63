import { createHash } from 'node:crypto';

/**
 * What the database knows a secret by. Our secrets have 160 random bits, so one plain hash is enough:
 * there is nothing to guess, and somebody who reads the table holds nothing that opens a door.
 */
export function secretHash(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}
