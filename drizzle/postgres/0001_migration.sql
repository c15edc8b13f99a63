CREATE TABLE "rated_text" (
	"hash" text PRIMARY KEY NOT NULL,
	"text" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rating" (
	"id" text PRIMARY KEY NOT NULL,
	"document_id" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"person_id" text NOT NULL,
	"criterion" text NOT NULL,
	"value" bigint NOT NULL,
	"condition" text,
	"condition_id" text,
	"capacity" jsonb NOT NULL,
	"capacity_kind" text NOT NULL,
	"text_hash" text NOT NULL,
	"seq" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"asked_hash" text
);
--> statement-breakpoint
CREATE TABLE "merger" (
	"id" text PRIMARY KEY NOT NULL,
	"contribution_id" text NOT NULL,
	"into_id" text NOT NULL,
	"merged_by" text NOT NULL,
	"at" bigint NOT NULL,
	"ended_by" text,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "decision" (
	"id" text PRIMARY KEY NOT NULL,
	"document_id" text NOT NULL,
	"number" bigint NOT NULL,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"reason_hash" text NOT NULL,
	"decided_by" text NOT NULL,
	"at" bigint NOT NULL,
	"cites" jsonb NOT NULL,
	"undoes" text,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "disposition" (
	"id" text PRIMARY KEY NOT NULL,
	"decision_id" text NOT NULL,
	"contribution_id" text NOT NULL,
	"outcome" text NOT NULL,
	"ended_by" text,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "reason_template" (
	"id" text PRIMARY KEY NOT NULL,
	"document_id" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"retired_at" bigint
);
--> statement-breakpoint
CREATE TABLE "branch" (
	"id" text PRIMARY KEY NOT NULL,
	"document_id" text NOT NULL,
	"epoch" bigint NOT NULL,
	"base_seq" bigint NOT NULL,
	"block_id" text,
	"created_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"rest_of" text,
	"contribution_id" text,
	"bytes" "bytea",
	"content_hash" text,
	"summary" jsonb,
	"published_at" bigint,
	"discarded_at" bigint
);
--> statement-breakpoint
CREATE TABLE "branch_member" (
	"id" text PRIMARY KEY NOT NULL,
	"branch_id" text NOT NULL,
	"person_id" text NOT NULL,
	"invited_by" text NOT NULL,
	"at" bigint NOT NULL,
	"joined_at" bigint
);
--> statement-breakpoint
CREATE TABLE "mail" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text,
	"to_address" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"headers" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"next_at" bigint,
	"attempts" bigint NOT NULL,
	"sent_at" bigint,
	"caught" boolean NOT NULL,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "notification" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"event_id" text NOT NULL,
	"kind" text NOT NULL,
	"document_id" text,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"detail" jsonb NOT NULL,
	"at" bigint NOT NULL,
	"read_at" bigint,
	"mailed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "notification_setting" (
	"person_id" text PRIMARY KEY NOT NULL,
	"mail" text NOT NULL,
	"quiet_from" bigint,
	"quiet_to" bigint,
	"time_zone" text NOT NULL,
	"muted" jsonb NOT NULL,
	"unsubscribe_hash" text,
	"last_digest_at" bigint,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contribution" ADD COLUMN "detail" jsonb;--> statement-breakpoint
ALTER TABLE "contribution" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "contribution" ADD COLUMN "answered_at" bigint;--> statement-breakpoint
ALTER TABLE "contribution" ADD COLUMN "merged_into" text;--> statement-breakpoint
ALTER TABLE "document_update" ADD COLUMN "branch_id" text;--> statement-breakpoint
ALTER TABLE "document_update" ADD COLUMN "accepted_by" text;--> statement-breakpoint
ALTER TABLE "document_update" ADD COLUMN "decision_id" text;--> statement-breakpoint
ALTER TABLE "document_lease" ADD COLUMN "branch_id" text;--> statement-breakpoint
CREATE UNIQUE INDEX "rating_once" ON "rating" USING btree ("person_id","document_id","target_type","target_id","criterion");--> statement-breakpoint
CREATE INDEX "rating_target" ON "rating" USING btree ("document_id","target_type","target_id","value");--> statement-breakpoint
CREATE INDEX "rating_condition" ON "rating" USING btree ("condition_id");--> statement-breakpoint
CREATE UNIQUE INDEX "merger_current" ON "merger" USING btree ("contribution_id") WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX "merger_into" ON "merger" USING btree ("into_id");--> statement-breakpoint
CREATE UNIQUE INDEX "decision_number" ON "decision" USING btree ("document_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "decision_undoes" ON "decision" USING btree ("undoes");--> statement-breakpoint
CREATE INDEX "decision_document" ON "decision" USING btree ("document_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "disposition_current" ON "disposition" USING btree ("contribution_id") WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX "disposition_decision" ON "disposition" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "reason_template_document" ON "reason_template" USING btree ("document_id","title");--> statement-breakpoint
CREATE UNIQUE INDEX "branch_contribution" ON "branch" USING btree ("contribution_id");--> statement-breakpoint
CREATE INDEX "branch_document" ON "branch" USING btree ("document_id","published_at");--> statement-breakpoint
CREATE INDEX "branch_person" ON "branch" USING btree ("created_by","changed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "branch_member_once" ON "branch_member" USING btree ("branch_id","person_id");--> statement-breakpoint
CREATE INDEX "branch_member_person" ON "branch_member" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "mail_next" ON "mail" USING btree ("next_at");--> statement-breakpoint
CREATE INDEX "mail_created" ON "mail" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "notification_once" ON "notification" USING btree ("person_id","event_id");--> statement-breakpoint
CREATE INDEX "notification_person" ON "notification" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "notification_unmailed" ON "notification" USING btree ("mailed_at","at");--> statement-breakpoint
CREATE INDEX "contribution_outcome" ON "contribution" USING btree ("document_id","status","outcome");--> statement-breakpoint
CREATE INDEX "contribution_merged" ON "contribution" USING btree ("merged_into");