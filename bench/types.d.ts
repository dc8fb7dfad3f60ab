// Neither brings types; the benchmark uses little of them.
declare module 'oidc-provider';
declare module 'autocannon';
declare module '*/scripts/install.mjs' {
  export const memory: readonly string[];
  export const product: readonly string[];
}
