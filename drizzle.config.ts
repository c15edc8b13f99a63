import { defineConfig } from 'drizzle-kit';

const postgres = /^postgres(ql)?:/.test(process.env.DATABASE_URL ?? '');

export default defineConfig({
	dialect: postgres ? 'postgresql' : 'sqlite',
	schema: './src/lib/**/schema.server.ts',
	out: postgres ? './drizzle/postgres' : './drizzle/sqlite'
});
