/** The setup of the database is not supported. The message tells the operator what to change; a retry can't help. */
export class UnsupportedDatabase extends Error {
  override readonly name = 'UnsupportedDatabase';
}
