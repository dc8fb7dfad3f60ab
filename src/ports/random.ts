/** The only source of randomness, cryptographically strong. */
export interface Random {
  bytes(count: number): Buffer;
  /** Returns `bytes` random bytes as base64url (characters `[A-Za-z0-9_-]`). 32 bytes give 43 characters. */
  text(bytes: number): string;
}
