DROP INDEX "event_document";--> statement-breakpoint
CREATE INDEX "event_document" ON "event" USING btree ("document_id","at","id");