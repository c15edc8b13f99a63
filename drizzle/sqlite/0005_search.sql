CREATE TABLE `search_place` (
	`rowid` integer PRIMARY KEY,
	`id` text NOT NULL UNIQUE
);
--> statement-breakpoint
CREATE VIRTUAL TABLE `search_entry` USING fts5(scope, words, tokenize = 'unicode61');
