import type { ChangeRecord } from '../../src/ports/change-record.ts';
import type { NewUserEntry } from '../../src/ports/store/index.ts';

/** The audit entry of what a test does to the store itself. */
export const aChangeRecord: ChangeRecord = {
  event: { at: 0, actor: { kind: 'platform' }, action: 'test.prepared', subject: 'test' },
};

/** The same for a new user. */
export const aUserEntry: NewUserEntry = { actor: { kind: 'command-line' }, action: 'user.created' };
