import type { ChangeRecord } from '../change-record.ts';
import type { InitialGrant } from './applications.ts';

/**
 * `requested`: by an owner. `scheduled`: an administrator set a date. `done`: it is switched. `undone`: switched back.
 * `declined`, `cancelled`.
 */
export type GrantChangeState = 'requested' | 'scheduled' | 'done' | 'undone' | 'declined' | 'cancelled';

/** A change of an application's one grant type. */
export interface GrantChange {
  readonly id: string;
  readonly applicationId: string;
  readonly from: InitialGrant;
  readonly to: InitialGrant;
  readonly reason: string;
  readonly state: GrantChangeState;
  readonly createdAt: number;
  /** When it is to be done; `null`: no date. */
  readonly dueAt: number | null;
  readonly doneAt: number | null;
}

export interface GrantChanges {
  /** Newest first. */
  list(applicationId: string): Promise<readonly GrantChange[]>;
  /** The requested and scheduled ones of all applications, oldest first, at most a thousand. */
  open(): Promise<readonly (GrantChange & { readonly clientId: string; readonly applicationName: string })[]>;
  find(id: string): Promise<GrantChange | undefined>;
  /** `open`: there is one under way already. */
  request(
    change: Omit<GrantChange, 'state' | 'doneAt'> & {
      readonly state: 'requested' | 'scheduled';
      readonly record: ChangeRecord;
    },
  ): Promise<'requested' | 'open'>;
  /**
   * Takes one to its next state, if it is in `from`. With `switches` the application's grant type becomes that in the
   * same act, whatever it was.
   */
  settle(settlement: {
    readonly id: string;
    readonly from: GrantChangeState;
    readonly state: GrantChangeState;
    readonly dueAt?: number;
    readonly switches?: InitialGrant;
    readonly now: number;
    readonly record: ChangeRecord;
  }): Promise<'settled' | 'lost'>;
  /** Scheduled ones whose date has come. */
  due(now: number): Promise<readonly GrantChange[]>;
}
