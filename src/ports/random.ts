/** Cryptographically strong randomness. The only source of it in the product. */
export interface Random {
  bytes(count: number): Buffer;
  /** `bytes` random bytes as base64url, so in `[A-Za-z0-9_-]`. 32 bytes give 43 characters. */
  text(bytes: number): string;
}
