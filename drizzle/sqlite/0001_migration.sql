CREATE TABLE `rated_text` (
	`hash` text PRIMARY KEY NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `rating` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`target_type` text NOT NULL,
	`target_id` text NOT NULL,
	`person_id` text NOT NULL,
	`criterion` text NOT NULL,
	`value` integer NOT NULL,
	`condition` text,
	`condition_id` text,
	`capacity` text NOT NULL,
	`capacity_kind` text NOT NULL,
	`text_hash` text NOT NULL,
	`seq` integer NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`asked_hash` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rating_once` ON `rating` (`person_id`,`document_id`,`target_type`,`target_id`,`criterion`);--> statement-breakpoint
CREATE INDEX `rating_target` ON `rating` (`document_id`,`target_type`,`target_id`,`value`);--> statement-breakpoint
CREATE INDEX `rating_condition` ON `rating` (`condition_id`);--> statement-breakpoint
CREATE TABLE `merger` (
	`id` text PRIMARY KEY NOT NULL,
	`contribution_id` text NOT NULL,
	`into_id` text NOT NULL,
	`merged_by` text NOT NULL,
	`at` integer NOT NULL,
	`ended_by` text,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `merger_current` ON `merger` (`contribution_id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `merger_into` ON `merger` (`into_id`);--> statement-breakpoint
CREATE TABLE `decision` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`reason_hash` text NOT NULL,
	`decided_by` text NOT NULL,
	`at` integer NOT NULL,
	`cites` text NOT NULL,
	`undoes` text,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `decision_number` ON `decision` (`document_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `decision_undoes` ON `decision` (`undoes`);--> statement-breakpoint
CREATE INDEX `decision_document` ON `decision` (`document_id`,`at`);--> statement-breakpoint
CREATE TABLE `disposition` (
	`id` text PRIMARY KEY NOT NULL,
	`decision_id` text NOT NULL,
	`contribution_id` text NOT NULL,
	`outcome` text NOT NULL,
	`ended_by` text,
	`ended_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `disposition_current` ON `disposition` (`contribution_id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `disposition_decision` ON `disposition` (`decision_id`);--> statement-breakpoint
CREATE TABLE `reason_template` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`retired_at` integer
);
--> statement-breakpoint
CREATE INDEX `reason_template_document` ON `reason_template` (`document_id`,`title`);--> statement-breakpoint
CREATE TABLE `branch` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`base_seq` integer NOT NULL,
	`block_id` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`rest_of` text,
	`contribution_id` text,
	`bytes` blob,
	`content_hash` text,
	`summary` text,
	`published_at` integer,
	`discarded_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `branch_contribution` ON `branch` (`contribution_id`);--> statement-breakpoint
CREATE INDEX `branch_document` ON `branch` (`document_id`,`published_at`);--> statement-breakpoint
CREATE INDEX `branch_person` ON `branch` (`created_by`,`changed_at`);--> statement-breakpoint
CREATE TABLE `branch_member` (
	`id` text PRIMARY KEY NOT NULL,
	`branch_id` text NOT NULL,
	`person_id` text NOT NULL,
	`invited_by` text NOT NULL,
	`at` integer NOT NULL,
	`joined_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `branch_member_once` ON `branch_member` (`branch_id`,`person_id`);--> statement-breakpoint
CREATE INDEX `branch_member_person` ON `branch_member` (`person_id`);--> statement-breakpoint
CREATE TABLE `mail` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text,
	`to_address` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`html` text NOT NULL,
	`headers` text NOT NULL,
	`created_at` integer NOT NULL,
	`next_at` integer,
	`attempts` integer NOT NULL,
	`sent_at` integer,
	`caught` integer NOT NULL,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `mail_next` ON `mail` (`next_at`);--> statement-breakpoint
CREATE INDEX `mail_created` ON `mail` (`created_at`);--> statement-breakpoint
CREATE TABLE `notification` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`event_id` text NOT NULL,
	`kind` text NOT NULL,
	`document_id` text,
	`target_type` text NOT NULL,
	`target_id` text NOT NULL,
	`detail` text NOT NULL,
	`at` integer NOT NULL,
	`read_at` integer,
	`mailed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notification_once` ON `notification` (`person_id`,`event_id`);--> statement-breakpoint
CREATE INDEX `notification_person` ON `notification` (`person_id`,`at`);--> statement-breakpoint
CREATE INDEX `notification_unmailed` ON `notification` (`mailed_at`,`at`);--> statement-breakpoint
CREATE TABLE `notification_setting` (
	`person_id` text PRIMARY KEY NOT NULL,
	`mail` text NOT NULL,
	`quiet_from` integer,
	`quiet_to` integer,
	`time_zone` text NOT NULL,
	`muted` text NOT NULL,
	`unsubscribe_hash` text,
	`last_digest_at` integer,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `contribution` ADD `detail` text;--> statement-breakpoint
ALTER TABLE `contribution` ADD `outcome` text;--> statement-breakpoint
ALTER TABLE `contribution` ADD `answered_at` integer;--> statement-breakpoint
ALTER TABLE `contribution` ADD `merged_into` text;--> statement-breakpoint
CREATE INDEX `contribution_outcome` ON `contribution` (`document_id`,`status`,`outcome`);--> statement-breakpoint
CREATE INDEX `contribution_merged` ON `contribution` (`merged_into`);--> statement-breakpoint
ALTER TABLE `document_update` ADD `branch_id` text;--> statement-breakpoint
ALTER TABLE `document_update` ADD `accepted_by` text;--> statement-breakpoint
ALTER TABLE `document_update` ADD `decision_id` text;--> statement-breakpoint
ALTER TABLE `document_lease` ADD `branch_id` text;