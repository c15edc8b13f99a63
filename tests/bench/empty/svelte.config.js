import adapter from '@sveltejs/adapter-node';

/** An empty SvelteKit page: what any page costs before it says anything. */
export default { kit: { adapter: adapter() } };
