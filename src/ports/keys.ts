/** A key of the ring. */
export interface Key {
  /** 0 to 255. Tokens carry it as one byte, so that the right key is found again. */
  readonly id: number;
  readonly secret: Buffer;
}

/** A key that authenticates audit entries. It is derived from a key of the ring. */
export interface AuditKey {
  /** Its ID in the ring, a dot and its fingerprint: unlike an ID, no other key ever has the same name. */
  readonly name: string;
  readonly secret: Uint8Array;
}

/** The keys that authenticate audit entries. */
export interface AuditKeys {
  /**
   * Returns the key of new entries; `undefined`: they get none, because the database knows no ring yet.
   * @throws {Error} the database knows a ring, and this process does not have it
   */
  current(): AuditKey | undefined;
  /** Returns the key with this name; `undefined`: the ring does not have it. */
  find(name: string): AuditKey | undefined;
}

/** The ring of keys that protect access tokens. It is stored outside the database. */
export interface Keys {
  /** Returns the key that protects new tokens. The other keys of the ring only verify. */
  current(): Key;
  /** Returns the key with this ID; `undefined`: the ring has none. */
  find(id: number): Key | undefined;
}
