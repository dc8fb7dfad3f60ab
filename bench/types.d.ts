// These modules have no types.
declare module 'oidc-provider';
declare module 'autocannon';
declare module '*/scripts/install.mjs' {
  export const memory: readonly string[];
  export const product: readonly string[];
}
declare module '*/bin/packaged-node.mjs' {
  export const packagedNode: string;
}
