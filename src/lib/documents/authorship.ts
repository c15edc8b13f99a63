/** Some words and who put them there. */
export interface Written {
	words: string;
	/** Null when the account is gone. */
	name: string | null;
	/** When their last character was saved, ms. */
	at: number;
}
