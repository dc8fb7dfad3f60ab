/** The database can't be used as it is set up, however often it is tried. The message says what to change. */
export class UnsupportedDatabase extends Error {
  override readonly name = 'UnsupportedDatabase';
}
