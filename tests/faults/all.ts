import { churn } from './churn.ts';
import { clock } from './clock.ts';
import { diskFull } from './disk-full.ts';
import type { Fault } from './fault.ts';
import { fuzz } from './fuzz.ts';
import { hostile } from './hostile.ts';
import { kill } from './kill.ts';
import { locked } from './locked.ts';
import { packets } from './packets.ts';
import { reconnects } from './reconnects.ts';
import { restart } from './restart.ts';
import { restore } from './restore.ts';
import { rights } from './rights.ts';
import { slow } from './slow.ts';
import { snapshot } from './snapshot.ts';

/** Every fault, in the order in which they are tried. */
export const faults: Fault[] = [
	hostile,
	packets,
	rights,
	clock,
	snapshot,
	restore,
	slow,
	locked,
	diskFull,
	restart,
	reconnects,
	kill,
	churn,
	fuzz
];
