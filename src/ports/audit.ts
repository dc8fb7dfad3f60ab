/** Who did something: a user, an application, an operator on the command line, or the platform itself. */
export type Actor =
  | { readonly kind: 'user'; readonly id: number }
  /** `id`: the `id` of the application, not its client ID. */
  | { readonly kind: 'application'; readonly id: string }
  | { readonly kind: 'command-line' }
  | { readonly kind: 'platform' };

/** An event for the audit log. It never contains a secret, a token, a code or a password. */
export interface AuditEvent {
  /** In ms since 1970. */
  readonly at: number;
  readonly actor: Actor;
  /** A verb in the past, e.g. `application.suspended`: one of audit/actions.ts, or of another release. */
  readonly action: string;
  /** What the action was done to, e.g. `application:insiders_app_x`. */
  readonly subject: string;
  /** The network address of the request; absent: there was no request. */
  readonly from?: string;
  readonly detail?: AuditRecord;
  /** The values that changed, before the change. Members that did not change are left out. */
  readonly before?: AuditRecord;
  /** The same members after the change. */
  readonly after?: AuditRecord;
}

/** Where a change came from: the network address, and details such as the application that was used. */
export type Origin = Pick<AuditEvent, 'from' | 'detail'>;

/**
 * An attempt that changed nothing. It may be written after the response was sent: a crash can lose it, but no
 * acknowledged change depends on it. The actions are a closed list, because the entry of a change is written in the
 * transaction of the change (see `ChangeRecord`).
 */
interface FailedAttempt extends Omit<AuditEvent, 'at' | 'before' | 'after'> {
  readonly action: 'user.sign_in_refused' | 'code.replayed' | 'revocation.foreign_token';
}

/** Queues an attempt that changed nothing for the audit log. It neither waits for the write nor throws. */
export type RecordFailedAttempt = (attempt: FailedAttempt) => void;

/** Plain values by name, for people to read. A list stays a list, so that its values can be told apart. */
export type AuditRecord = Readonly<Record<string, AuditValue>>;

export type AuditValue = string | number | boolean | null | readonly string[];
