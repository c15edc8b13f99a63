import type { RequestHandler } from './$types';

/** Alive: the process answers. Nothing else is asked, so a slow database does not restart it. */
export const GET: RequestHandler = () => new Response('ok\n');
