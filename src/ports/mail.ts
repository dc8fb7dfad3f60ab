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
