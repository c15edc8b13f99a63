CREATE TABLE "party" (
	"id" text PRIMARY KEY NOT NULL,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"person_id" text,
	"org_id" text,
	"part" text NOT NULL,
	"added_by" text,
	"added_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contribution" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"target_type" text NOT NULL,
	"target_id" text NOT NULL,
	"document_id" text,
	"parent_id" text,
	"person_id" text NOT NULL,
	"capacity" jsonb NOT NULL,
	"terms_version" text NOT NULL,
	"body" text NOT NULL,
	"anchor" jsonb,
	"whole_block" boolean NOT NULL,
	"anchor_status" text,
	"anchor_from" bigint,
	"anchor_to" bigint,
	"anchor_seq" bigint,
	"status" text NOT NULL,
	"hidden_for" text,
	"idempotency_key" text NOT NULL,
	"created_at" bigint NOT NULL,
	"edited_at" bigint,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contribution_edit" (
	"id" text PRIMARY KEY NOT NULL,
	"contribution_id" text NOT NULL,
	"person_id" text NOT NULL,
	"body" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hold" (
	"id" text PRIMARY KEY NOT NULL,
	"contribution_id" text NOT NULL,
	"ground" text NOT NULL,
	"at" bigint NOT NULL,
	"ended_at" bigint,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "resolution" (
	"id" text PRIMARY KEY NOT NULL,
	"contribution_id" text NOT NULL,
	"resolved_by" text NOT NULL,
	"resolved_at" bigint NOT NULL,
	"reopened_by" text,
	"reopened_at" bigint
);
--> statement-breakpoint
CREATE TABLE "withdrawal" (
	"id" text PRIMARY KEY NOT NULL,
	"contribution_id" text NOT NULL,
	"person_id" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_head" (
	"document_id" text PRIMARY KEY NOT NULL,
	"epoch" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_snapshot" (
	"document_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"epoch" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	"checksum" "bytea" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "document_snapshot_document_id_seq_pk" PRIMARY KEY("document_id","seq")
);
--> statement-breakpoint
CREATE TABLE "document_update" (
	"document_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"epoch" bigint NOT NULL,
	"person_id" text NOT NULL,
	"session_id" text NOT NULL,
	"client" bigint NOT NULL,
	"clock_from" bigint NOT NULL,
	"clock_len" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	"prev_hash" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"at" bigint NOT NULL,
	"erased" boolean NOT NULL,
	CONSTRAINT "document_update_document_id_seq_pk" PRIMARY KEY("document_id","seq")
);
--> statement-breakpoint
CREATE TABLE "document_lease" (
	"document_id" text NOT NULL,
	"client" bigint NOT NULL,
	"epoch" bigint NOT NULL,
	"person_id" text NOT NULL,
	"session_id" text NOT NULL,
	"granted_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"kind" text NOT NULL,
	"stage" text NOT NULL,
	"stage_since" bigint NOT NULL,
	"closes_at" bigint,
	"language" text NOT NULL,
	"licence" text NOT NULL,
	"owner_org_id" text,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_slug" (
	"slug" text PRIMARY KEY NOT NULL,
	"document_id" text NOT NULL,
	"since" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_version" (
	"id" text PRIMARY KEY NOT NULL,
	"document_id" text NOT NULL,
	"number" bigint NOT NULL,
	"stage" text NOT NULL,
	"title" text NOT NULL,
	"content_hash" text NOT NULL,
	"epoch" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"state" "bytea" NOT NULL,
	"blocks" jsonb NOT NULL,
	"reason" text NOT NULL,
	"frozen_by" text,
	"frozen_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document_stage_move" (
	"id" text PRIMARY KEY NOT NULL,
	"document_id" text NOT NULL,
	"from_stage" text NOT NULL,
	"to_stage" text NOT NULL,
	"reason" text NOT NULL,
	"version_id" text,
	"moved_by" text,
	"moved_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hiding" (
	"id" text PRIMARY KEY NOT NULL,
	"contribution_id" text NOT NULL,
	"from_status" text NOT NULL,
	"hidden_by" text NOT NULL,
	"at" bigint NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publication" (
	"id" text PRIMARY KEY NOT NULL,
	"contribution_id" text NOT NULL,
	"from_status" text NOT NULL,
	"published_by" text NOT NULL,
	"at" bigint NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "capacity" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"org_id" text NOT NULL,
	"granted_at" bigint NOT NULL,
	"granted_by" text
);
--> statement-breakpoint
CREATE TABLE "duty" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"scope_type" text NOT NULL,
	"scope_id" text NOT NULL,
	"granted_at" bigint NOT NULL,
	"granted_by" text
);
--> statement-breakpoint
CREATE TABLE "one_time_token" (
	"id" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"person_id" text,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "org" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"level" text NOT NULL,
	"parent_id" text,
	"headcount" bigint,
	"is_innovation_unit" boolean NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"search_text" text NOT NULL,
	"password_hash" text,
	"verification" text NOT NULL,
	"status" text NOT NULL,
	"locale" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_seen_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"device" text NOT NULL
);
--> statement-breakpoint
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
ALTER TABLE "capacity" ADD CONSTRAINT "capacity_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty" ADD CONSTRAINT "duty_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "party_person" ON "party" USING btree ("target_type","target_id","part","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "party_org" ON "party" USING btree ("target_type","target_id","part","org_id");--> statement-breakpoint
CREATE INDEX "party_of_person" ON "party" USING btree ("person_id","target_type");--> statement-breakpoint
CREATE UNIQUE INDEX "contribution_once" ON "contribution" USING btree ("person_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "contribution_document" ON "contribution" USING btree ("document_id","kind","created_at");--> statement-breakpoint
CREATE INDEX "contribution_changed" ON "contribution" USING btree ("document_id","changed_at");--> statement-breakpoint
CREATE INDEX "contribution_target" ON "contribution" USING btree ("target_type","target_id","created_at");--> statement-breakpoint
CREATE INDEX "contribution_thread" ON "contribution" USING btree ("parent_id","created_at");--> statement-breakpoint
CREATE INDEX "contribution_person" ON "contribution" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "contribution_status" ON "contribution" USING btree ("status","created_at");--> statement-breakpoint
CREATE INDEX "contribution_edit_contribution" ON "contribution_edit" USING btree ("contribution_id","at");--> statement-breakpoint
CREATE INDEX "contribution_edit_person" ON "contribution_edit" USING btree ("person_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "hold_current" ON "hold" USING btree ("contribution_id") WHERE ended_at IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "resolution_current" ON "resolution" USING btree ("contribution_id") WHERE reopened_at IS NULL;--> statement-breakpoint
CREATE INDEX "resolution_contribution" ON "resolution" USING btree ("contribution_id","resolved_at");--> statement-breakpoint
CREATE UNIQUE INDEX "withdrawal_contribution" ON "withdrawal" USING btree ("contribution_id");--> statement-breakpoint
CREATE INDEX "document_update_client" ON "document_update" USING btree ("document_id","client","clock_from");--> statement-breakpoint
CREATE UNIQUE INDEX "document_lease_client" ON "document_lease" USING btree ("document_id","client");--> statement-breakpoint
CREATE INDEX "document_lease_person" ON "document_lease" USING btree ("document_id","person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "document_by_slug" ON "document" USING btree ("slug");--> statement-breakpoint
CREATE INDEX "document_by_stage" ON "document" USING btree ("stage","changed_at");--> statement-breakpoint
CREATE INDEX "document_slug_document" ON "document_slug" USING btree ("document_id");--> statement-breakpoint
CREATE UNIQUE INDEX "document_version_number" ON "document_version" USING btree ("document_id","number");--> statement-breakpoint
CREATE INDEX "document_stage_move_document" ON "document_stage_move" USING btree ("document_id","moved_at");--> statement-breakpoint
CREATE INDEX "hiding_contribution" ON "hiding" USING btree ("contribution_id","at");--> statement-breakpoint
CREATE INDEX "publication_contribution" ON "publication" USING btree ("contribution_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "capacity_once" ON "capacity" USING btree ("person_id","kind","org_id");--> statement-breakpoint
CREATE INDEX "capacity_org" ON "capacity" USING btree ("org_id");--> statement-breakpoint
CREATE UNIQUE INDEX "duty_once" ON "duty" USING btree ("person_id","kind","scope_type","scope_id");--> statement-breakpoint
CREATE INDEX "duty_scope" ON "duty" USING btree ("kind","scope_id");--> statement-breakpoint
CREATE INDEX "one_time_token_expiry" ON "one_time_token" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "org_parent" ON "org" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "org_name" ON "org" USING btree ("name");--> statement-breakpoint
CREATE UNIQUE INDEX "person_email" ON "person" USING btree ("email");--> statement-breakpoint
CREATE INDEX "person_search" ON "person" USING btree ("search_text");--> statement-breakpoint
CREATE INDEX "session_person" ON "session" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "session_expiry" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "event_target" ON "event" USING btree ("target_type","target_id");--> statement-breakpoint
CREATE INDEX "event_document" ON "event" USING btree ("document_id","at");--> statement-breakpoint
CREATE INDEX "event_person" ON "event" USING btree ("person_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "rate_limit_key" ON "rate_limit" USING btree ("key","window_start");--> statement-breakpoint
CREATE INDEX "rate_limit_expiry" ON "rate_limit" USING btree ("expires_at");