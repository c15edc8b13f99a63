import type { ErrorParams } from '#lib/errors.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import type { PublicPages } from '#lib/documents/public-pages.server.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';

/** The signed-in person as every page may show them. */
interface Viewer {
	id: string;
	name: string;
	initials: string;
	capacities: string[];
	duties: string[];
}

declare global {
	namespace App {
		interface Error {
			message: string;
			code: string;
			params: ErrorParams;
		}
		interface Locals {
			actor: Actor;
			house: House;
			live: LiveEngine;
			pages: PublicPages;
			theme: 'light' | 'dark' | 'system';
		}
		interface PageData {
			viewer: Viewer | null;
			theme: 'light' | 'dark' | 'system';
			locale: string;
			demo: boolean;
		}
	}
}

export {};
