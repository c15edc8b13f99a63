import { Invalid, type ErrorParams } from '#lib/errors.ts';

/** The largest update that is taken, in bytes; our own client keeps a larger one for its author instead of sending it. */
export const LARGEST_UPDATE = 256 * 1024;

/** Why an update was not let near the text; README.md (section "Refusals") explains each. */
export type RefusalCode =
	| 'update_truncated'
	| 'update_trailing'
	| 'update_too_large'
	| 'update_too_many_parts'
	| 'update_bad_integer'
	| 'update_bad_text'
	| 'update_bad_attribute'
	| 'update_bad_embed'
	| 'update_kind'
	| 'update_parent'
	| 'update_many_clients'
	| 'update_client_not_leased'
	| 'update_clock_gap'
	| 'update_unknown_origin'
	| 'update_crossed'
	| 'update_unknown_delete'
	| 'update_unordered_deletes'
	| 'update_too_costly';

/** An update that is malformed or hostile: nothing of it is applied and its sender is dropped. */
export class RefusedUpdate extends Invalid {
	constructor(code: RefusalCode, params?: ErrorParams) {
		super(code, params);
		this.name = 'RefusedUpdate';
	}
}
