CREATE TABLE `mail_token` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`person_id` text NOT NULL,
	`mail_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `mail_token_mail` ON `mail_token` (`mail_id`);--> statement-breakpoint
CREATE INDEX `mail_token_created` ON `mail_token` (`created_at`);--> statement-breakpoint
DROP INDEX `notification_unmailed`;--> statement-breakpoint
ALTER TABLE `notification` ADD `group_key` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `notification` ADD `mail_at` integer;--> statement-breakpoint
CREATE INDEX `notification_unread` ON `notification` (`person_id`,`read_at`);--> statement-breakpoint
CREATE INDEX `notification_due` ON `notification` (`mail_at`,`person_id`);--> statement-breakpoint
ALTER TABLE `notification_setting` DROP COLUMN `unsubscribe_hash`;