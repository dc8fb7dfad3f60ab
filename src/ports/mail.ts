/** An email to one person. It never contains a secret, a token, a code or a password. */
export interface Mail {
  /** A normalised email address. */
  readonly to: string;
  readonly subject: string;
  /** Plain text. Its lines can have any length. */
  readonly text: string;
  /** The same content as a whole HTML document. */
  readonly html: string;
}

/**
 * Hands an email to the mail server. `id` and `createdAt` (ms since 1970) give the message the same Message-ID and date
 * on each attempt.
 * @throws {MailRejected} the mail server will never accept it
 * @throws {Error} this attempt failed; a later one may succeed
 */
export type SendMail = (mail: Mail & { readonly id: number; readonly createdAt: number }) => Promise<void>;

/** The mail server rejected this email permanently: another attempt is of no use. */
export class MailRejected extends Error {
  override readonly name = 'MailRejected';
}
