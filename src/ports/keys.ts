/** One secret of the ring. `id` is a single byte (0 to 255) that travels in what the key protects. */
export interface Key {
  readonly id: number;
  readonly secret: Buffer;
}

/** The ring of secrets, kept outside the database. The current one protects what is new, the others only check. */
export interface Keys {
  current(): Key;
  find(id: number): Key | undefined;
}
