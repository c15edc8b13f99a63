CREATE TABLE "search_entry" (
	"id" text PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"words" text NOT NULL,
	"vector" tsvector NOT NULL
);
--> statement-breakpoint
CREATE INDEX "search_entry_scope" ON "search_entry" USING btree ("scope");--> statement-breakpoint
CREATE INDEX "search_entry_vector" ON "search_entry" USING gin ("vector");
