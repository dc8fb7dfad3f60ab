/** A key of the ring. */
export interface Key {
  /** 0 to 255. Tokens carry it as one byte, so that the right key is found again. */
  readonly id: number;
  readonly secret: Buffer;
}

/** The ring of keys that protect access tokens. It is stored outside the database. */
export interface Keys {
  /** Returns the key that protects new tokens. The other keys of the ring only verify. */
  current(): Key;
  /** Returns the key with this ID; `undefined`: the ring has none. */
  find(id: number): Key | undefined;
}
