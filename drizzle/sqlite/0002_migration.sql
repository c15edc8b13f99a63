CREATE TABLE `document_blocks` (
	`document_id` text PRIMARY KEY NOT NULL,
	`hash` blob NOT NULL,
	`form` integer NOT NULL,
	`bytes` blob NOT NULL,
	`checksum` blob NOT NULL,
	`at` integer NOT NULL
);
