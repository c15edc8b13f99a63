CREATE TABLE "event" (
	"id" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"person_id" text,
	"verb" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"document_id" text,
	"detail" jsonb
);
--> statement-breakpoint
CREATE TABLE "rate_limit" (
	"key" text NOT NULL,
	"window_start" bigint NOT NULL,
	"hits" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb,
	"changed_at" bigint NOT NULL,
	"changed_by" text
);
--> statement-breakpoint
CREATE INDEX "event_target" ON "event" USING btree ("target_type","target_id");--> statement-breakpoint
CREATE INDEX "event_document" ON "event" USING btree ("document_id","at");--> statement-breakpoint
CREATE INDEX "event_person" ON "event" USING btree ("person_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "rate_limit_key" ON "rate_limit" USING btree ("key","window_start");--> statement-breakpoint
CREATE INDEX "rate_limit_expiry" ON "rate_limit" USING btree ("expires_at");