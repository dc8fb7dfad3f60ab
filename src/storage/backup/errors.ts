/** A backup that can't be made or restored, and why; the text is for the operator. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
