DROP INDEX `event_document`;--> statement-breakpoint
CREATE INDEX `event_document` ON `event` (`document_id`,`at`,`id`);