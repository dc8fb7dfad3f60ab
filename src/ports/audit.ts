/** Who did something: a person, an application, the command line, or the platform itself. */
export type Actor =
  | { readonly kind: 'user'; readonly id: number }
  | { readonly kind: 'application'; readonly id: string }
  | { readonly kind: 'command-line' }
  | { readonly kind: 'platform' };

/** Something that happened and may be asked for later. Never holds a secret, a token, a code or a password. */
export interface AuditEvent {
  readonly at: number;
  readonly actor: Actor;
  /** A verb in the past, e.g. `application.suspended`: one of audit/actions.ts, or of another release. */
  readonly action: string;
  /** What it was done to, e.g. `application:insiders_app_x`. */
  readonly subject: string;
  /** The network address the request came from, where there was one. */
  readonly from?: string;
  readonly detail?: AuditRecord;
  /** What of the subject was changed, as it was and as it became: only the members that differ. */
  readonly before?: AuditRecord;
  readonly after?: AuditRecord;
}

/** What the entry of a change says of where it came from: the network address, and the application that was used. */
export type Origin = Pick<AuditEvent, 'from' | 'detail'>;

/**
 * An attempt that changed nothing. It may be recorded behind the response: if the program dies first, nothing is
 * missing that was acknowledged. The actions are a closed list, because the entry of a change belongs to its
 * transaction (see `Note`).
 */
interface FailedAttempt extends Omit<AuditEvent, 'at' | 'before' | 'after'> {
  readonly action: 'user.sign_in_refused' | 'code.replayed' | 'revocation.foreign_token';
}

/** Records an attempt that changed nothing, without delaying the response. Never fails. */
export type RecordFailedAttempt = (attempt: FailedAttempt) => void;

/**
 * Plain values by name, for people to read. A list is stored as a list, so that nobody has to guess where one value
 * ends.
 */
export type AuditRecord = Readonly<Record<string, AuditValue>>;

export type AuditValue = string | number | boolean | null | readonly string[];
