/**
 * Property tests explore at random wherever people work; a change is judged on one seed, so that it
 * is not refused for what chance found in somebody else's code.
 */
import fc from 'fast-check';

if (process.env.CI) fc.configureGlobal({ seed: 20_261_121 });
