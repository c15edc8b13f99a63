import type { ErrorParams } from '#lib/errors.ts';
import type { InPlace } from '#lib/contributions/branch-views.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import type { Named } from '#lib/documents/own-page.server.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import type { Started } from '#lib/start.server.ts';

/** The signed-in person as every page may show them. */
interface Viewer {
	id: string;
	name: string;
	initials: string;
	/** Of their avatar. */
	colour: string;
	capacities: string[];
	duties: string[];
	/** Lines of news they have not read; null where the page does not say. */
	unread: number | null;
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
			pages: Started['pages'];
			/** Stands in for the reader's name while a page is made that many are sent. */
			named?: Named | undefined;
			theme: 'light' | 'dark' | 'system';
			/** Whether the reader of a kept page follows its document; undefined: ask. */
			following?: boolean;
		}
		interface PageState {
			/** A suggestion is being written in the place of the text. */
			suggesting?: InPlace;
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
