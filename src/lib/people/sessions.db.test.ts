import { luciaSessions } from './lucia.server.ts';
import { sessionsContract } from './sessions.contract.ts';

sessionsContract('Lucia', luciaSessions);
