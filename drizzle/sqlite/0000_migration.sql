CREATE TABLE `event` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`person_id` text,
	`verb` text NOT NULL,
	`target_type` text NOT NULL,
	`target_id` text NOT NULL,
	`document_id` text,
	`detail` text
);
--> statement-breakpoint
CREATE INDEX `event_target` ON `event` (`target_type`,`target_id`);--> statement-breakpoint
CREATE INDEX `event_document` ON `event` (`document_id`,`at`);--> statement-breakpoint
CREATE INDEX `event_person` ON `event` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `rate_limit` (
	`key` text NOT NULL,
	`window_start` integer NOT NULL,
	`hits` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rate_limit_key` ON `rate_limit` (`key`,`window_start`);--> statement-breakpoint
CREATE INDEX `rate_limit_expiry` ON `rate_limit` (`expires_at`);--> statement-breakpoint
CREATE TABLE `setting` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text,
	`changed_at` integer NOT NULL,
	`changed_by` text
);
