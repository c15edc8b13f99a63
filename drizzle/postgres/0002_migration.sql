CREATE TABLE "document_blocks" (
	"document_id" text PRIMARY KEY NOT NULL,
	"hash" "bytea" NOT NULL,
	"form" bigint NOT NULL,
	"bytes" "bytea" NOT NULL,
	"checksum" "bytea" NOT NULL,
	"at" bigint NOT NULL
);
