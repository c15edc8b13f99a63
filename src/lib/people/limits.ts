import type { Count, Limit } from '#lib/server/limits.ts';
import type { Caller } from './caller.ts';

const MINUTE = 60_000;

/**
 * P12. Successful sign-ins are given back, so these count failures: a hall of people behind one address
 * is not an attack. The account's own limit is wide, lest anybody lock somebody else out with ten tries.
 */
const SIGN_IN: Record<'here' | 'account' | 'network' | 'house', Limit> = {
	here: { name: 'sign_in_here', most: 10, within: 15 * MINUTE },
	account: { name: 'sign_in_account', most: 60, within: 60 * MINUTE },
	network: { name: 'sign_in_network', most: 200, within: 15 * MINUTE },
	house: { name: 'sign_in_house', most: 5000, within: 15 * MINUTE }
};

const REGISTER: Record<'account' | 'network' | 'house', Limit> = {
	account: { name: 'register_account', most: 10, within: 60 * MINUTE },
	network: { name: 'register_network', most: 200, within: 60 * MINUTE },
	house: { name: 'register_house', most: 5000, within: 60 * MINUTE }
};

const SET_UP: Limit = { name: 'set_up', most: 30, within: 15 * MINUTE };

/** What one attempt to sign in counts against. */
export function signInLimits(caller: Caller, email: string): Count[] {
	return [
		{ limit: SIGN_IN.here, subject: `${email}\n${caller.network}` },
		{ limit: SIGN_IN.account, subject: email },
		{ limit: SIGN_IN.network, subject: caller.network },
		{ limit: SIGN_IN.house, subject: '' }
	];
}

/** What one registration counts against. */
export function registrationLimits(caller: Caller, email: string): Count[] {
	return [
		{ limit: REGISTER.account, subject: email },
		{ limit: REGISTER.network, subject: caller.network },
		{ limit: REGISTER.house, subject: '' }
	];
}

/** What one attempt at the set-up token counts against. */
export function setUpLimits(caller: Caller): Count[] {
	return [{ limit: SET_UP, subject: caller.network }];
}
