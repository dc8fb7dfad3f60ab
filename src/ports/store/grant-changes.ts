import type { ChangeRecord } from '../change-record.ts';
import type { InitialGrant } from './applications.ts';

/**
 * `requested`: an owner asked for the change. `scheduled`: an administrator set a date. `done`: the application has
 * the new grant type. `undone`: it was switched back. `declined`: by an administrator, or by the platform because the
 * change was not possible at its date. `cancelled`: by an owner.
 */
export type GrantChangeState = 'requested' | 'scheduled' | 'done' | 'undone' | 'declined' | 'cancelled';

/** A change of the one grant type of an application. */
export interface GrantChange {
  readonly id: string;
  readonly applicationId: string;
  readonly from: InitialGrant;
  readonly to: InitialGrant;
  readonly reason: string;
  readonly state: GrantChangeState;
  readonly createdAt: number;
  /** When the change is to be made; `null`: no date is set. */
  readonly dueAt: number | null;
  readonly doneAt: number | null;
}

export interface GrantChanges {
  /** Lists the changes of an application, newest first. */
  list(applicationId: string): Promise<readonly GrantChange[]>;
  /** Lists the requested and scheduled changes of all applications, oldest first, at most 1,000. */
  open(): Promise<readonly (GrantChange & { readonly clientId: string; readonly applicationName: string })[]>;
  find(id: string): Promise<GrantChange | undefined>;
  /**
   * Adds a change. `open`: another change of the application is requested or scheduled, and nothing was written.
   * @throws {Error} the application does not exist
   */
  request(
    change: Omit<GrantChange, 'state' | 'doneAt'> & {
      readonly state: 'requested' | 'scheduled';
      readonly record: ChangeRecord;
    },
  ): Promise<'requested' | 'open'>;
  /**
   * Moves a change from the state `from` to `state`; `done` sets `doneAt`. `lost`: it is not in the state `from`, and
   * nothing was written.
   */
  updateState(step: {
    readonly id: string;
    readonly from: GrantChangeState;
    readonly state: GrantChangeState;
    /** Absent: the date stays. */
    readonly dueAt?: number;
    /** The application gets this grant type in the same transaction. Absent: it keeps its own. */
    readonly switches?: InitialGrant;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'settled' | 'lost'>;
  /** Lists the scheduled changes whose date has come at `now`, the earliest date first, at most 100. */
  due(now: number): Promise<readonly GrantChange[]>;
}
