CREATE TABLE `party` (
	`id` text PRIMARY KEY NOT NULL,
	`target_type` text NOT NULL,
	`target_id` text NOT NULL,
	`person_id` text,
	`org_id` text,
	`part` text NOT NULL,
	`added_by` text,
	`added_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `party_person` ON `party` (`target_type`,`target_id`,`part`,`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `party_org` ON `party` (`target_type`,`target_id`,`part`,`org_id`);--> statement-breakpoint
CREATE INDEX `party_of_person` ON `party` (`person_id`,`target_type`);--> statement-breakpoint
CREATE TABLE `contribution` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`target_type` text NOT NULL,
	`target_id` text NOT NULL,
	`document_id` text,
	`parent_id` text,
	`person_id` text NOT NULL,
	`capacity` text NOT NULL,
	`terms_version` text NOT NULL,
	`body` text NOT NULL,
	`anchor` text,
	`whole_block` integer NOT NULL,
	`anchor_status` text,
	`anchor_from` integer,
	`anchor_to` integer,
	`anchor_seq` integer,
	`status` text NOT NULL,
	`hidden_for` text,
	`idempotency_key` text NOT NULL,
	`created_at` integer NOT NULL,
	`edited_at` integer,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `contribution_once` ON `contribution` (`person_id`,`idempotency_key`);--> statement-breakpoint
CREATE INDEX `contribution_document` ON `contribution` (`document_id`,`kind`,`created_at`);--> statement-breakpoint
CREATE INDEX `contribution_changed` ON `contribution` (`document_id`,`changed_at`);--> statement-breakpoint
CREATE INDEX `contribution_target` ON `contribution` (`target_type`,`target_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `contribution_thread` ON `contribution` (`parent_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `contribution_person` ON `contribution` (`person_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `contribution_status` ON `contribution` (`status`,`created_at`);--> statement-breakpoint
CREATE TABLE `contribution_edit` (
	`id` text PRIMARY KEY NOT NULL,
	`contribution_id` text NOT NULL,
	`person_id` text NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `contribution_edit_contribution` ON `contribution_edit` (`contribution_id`,`at`);--> statement-breakpoint
CREATE INDEX `contribution_edit_person` ON `contribution_edit` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `hold` (
	`id` text PRIMARY KEY NOT NULL,
	`contribution_id` text NOT NULL,
	`ground` text NOT NULL,
	`at` integer NOT NULL,
	`ended_at` integer,
	`ended_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `hold_current` ON `hold` (`contribution_id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE TABLE `resolution` (
	`id` text PRIMARY KEY NOT NULL,
	`contribution_id` text NOT NULL,
	`resolved_by` text NOT NULL,
	`resolved_at` integer NOT NULL,
	`reopened_by` text,
	`reopened_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `resolution_current` ON `resolution` (`contribution_id`) WHERE reopened_at IS NULL;--> statement-breakpoint
CREATE INDEX `resolution_contribution` ON `resolution` (`contribution_id`,`resolved_at`);--> statement-breakpoint
CREATE TABLE `withdrawal` (
	`id` text PRIMARY KEY NOT NULL,
	`contribution_id` text NOT NULL,
	`person_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `withdrawal_contribution` ON `withdrawal` (`contribution_id`);--> statement-breakpoint
CREATE TABLE `document_head` (
	`document_id` text PRIMARY KEY NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`hash` blob NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `document_snapshot` (
	`document_id` text NOT NULL,
	`seq` integer NOT NULL,
	`epoch` integer NOT NULL,
	`bytes` blob NOT NULL,
	`checksum` blob NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`document_id`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `document_update` (
	`document_id` text NOT NULL,
	`seq` integer NOT NULL,
	`epoch` integer NOT NULL,
	`person_id` text NOT NULL,
	`session_id` text NOT NULL,
	`client` integer NOT NULL,
	`clock_from` integer NOT NULL,
	`clock_len` integer NOT NULL,
	`bytes` blob NOT NULL,
	`prev_hash` blob NOT NULL,
	`hash` blob NOT NULL,
	`at` integer NOT NULL,
	`erased` integer NOT NULL,
	PRIMARY KEY(`document_id`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `document_update_client` ON `document_update` (`document_id`,`client`,`clock_from`);--> statement-breakpoint
CREATE TABLE `document_lease` (
	`document_id` text NOT NULL,
	`client` integer NOT NULL,
	`epoch` integer NOT NULL,
	`person_id` text NOT NULL,
	`session_id` text NOT NULL,
	`granted_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `document_lease_client` ON `document_lease` (`document_id`,`client`);--> statement-breakpoint
CREATE INDEX `document_lease_person` ON `document_lease` (`document_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `document` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`kind` text NOT NULL,
	`stage` text NOT NULL,
	`stage_since` integer NOT NULL,
	`closes_at` integer,
	`language` text NOT NULL,
	`licence` text NOT NULL,
	`owner_org_id` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `document_by_slug` ON `document` (`slug`);--> statement-breakpoint
CREATE INDEX `document_by_stage` ON `document` (`stage`,`changed_at`);--> statement-breakpoint
CREATE TABLE `document_slug` (
	`slug` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`since` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `document_slug_document` ON `document_slug` (`document_id`);--> statement-breakpoint
CREATE TABLE `document_version` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`number` integer NOT NULL,
	`stage` text NOT NULL,
	`title` text NOT NULL,
	`content_hash` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`state` blob NOT NULL,
	`blocks` text NOT NULL,
	`reason` text NOT NULL,
	`frozen_by` text,
	`frozen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `document_version_number` ON `document_version` (`document_id`,`number`);--> statement-breakpoint
CREATE TABLE `document_stage_move` (
	`id` text PRIMARY KEY NOT NULL,
	`document_id` text NOT NULL,
	`from_stage` text NOT NULL,
	`to_stage` text NOT NULL,
	`reason` text NOT NULL,
	`version_id` text,
	`moved_by` text,
	`moved_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `document_stage_move_document` ON `document_stage_move` (`document_id`,`moved_at`);--> statement-breakpoint
CREATE TABLE `hiding` (
	`id` text PRIMARY KEY NOT NULL,
	`contribution_id` text NOT NULL,
	`from_status` text NOT NULL,
	`hidden_by` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `hiding_contribution` ON `hiding` (`contribution_id`,`at`);--> statement-breakpoint
CREATE TABLE `publication` (
	`id` text PRIMARY KEY NOT NULL,
	`contribution_id` text NOT NULL,
	`from_status` text NOT NULL,
	`published_by` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `publication_contribution` ON `publication` (`contribution_id`,`at`);--> statement-breakpoint
CREATE TABLE `capacity` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`org_id` text NOT NULL,
	`granted_at` integer NOT NULL,
	`granted_by` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `capacity_once` ON `capacity` (`person_id`,`kind`,`org_id`);--> statement-breakpoint
CREATE INDEX `capacity_org` ON `capacity` (`org_id`);--> statement-breakpoint
CREATE TABLE `duty` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`scope_type` text NOT NULL,
	`scope_id` text NOT NULL,
	`granted_at` integer NOT NULL,
	`granted_by` text,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `duty_once` ON `duty` (`person_id`,`kind`,`scope_type`,`scope_id`);--> statement-breakpoint
CREATE INDEX `duty_scope` ON `duty` (`kind`,`scope_id`);--> statement-breakpoint
CREATE TABLE `one_time_token` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`person_id` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `one_time_token_expiry` ON `one_time_token` (`expires_at`);--> statement-breakpoint
CREATE TABLE `org` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`level` text NOT NULL,
	`parent_id` text,
	`headcount` integer,
	`is_innovation_unit` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `org_parent` ON `org` (`parent_id`);--> statement-breakpoint
CREATE INDEX `org_name` ON `org` (`name`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`search_text` text NOT NULL,
	`password_hash` text,
	`verification` text NOT NULL,
	`status` text NOT NULL,
	`locale` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_email` ON `person` (`email`);--> statement-breakpoint
CREATE INDEX `person_search` ON `person` (`search_text`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`device` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `session_person` ON `session` (`person_id`);--> statement-breakpoint
CREATE INDEX `session_expiry` ON `session` (`expires_at`);--> statement-breakpoint
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
