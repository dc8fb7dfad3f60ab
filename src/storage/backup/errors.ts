/** A backup can't be created or restored. The message tells the operator why. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
