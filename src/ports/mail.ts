/** A message to one person. Never holds a secret, a token, a code or a password. */
export interface Mail {
  /** A normalised e-mail address. */
  readonly to: string;
  readonly subject: string;
  /** Plain text, lines of any length. */
  readonly text: string;
  /** The same as a whole HTML document. */
  readonly html: string;
}

/** Hands a mail to a mail server. `id` and `createdAt` make it the same message however often it is tried. */
export type SendMail = (mail: Mail & { readonly id: number; readonly createdAt: number }) => Promise<void>;

/** The mail server will never take this mail: trying again is of no use. */
export class MailRejected extends Error {
  override readonly name = 'MailRejected';
}
