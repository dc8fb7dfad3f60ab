/** Change records and audit entries for tests that write to the store directly. */
import type { ChangeRecord } from '../../../src/ports/change-record.ts';
import type { NewUserEntry } from '../../../src/ports/store/index.ts';

/** The change record of a write that a test does itself. */
export const testChangeRecord: ChangeRecord = {
  event: { at: 0, actor: { kind: 'platform' }, action: 'test.prepared', subject: 'test' },
};

/** The audit entry of a user that a test creates. */
export const testUserEntry: NewUserEntry = { actor: { kind: 'command-line' }, action: 'user.created' };
