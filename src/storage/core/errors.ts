/** The database's setup rules it out; a retry cannot help. The message says what the operator must change. */
export class UnsupportedDatabase extends Error {
  override readonly name = 'UnsupportedDatabase';
}
