// Neither brings types; the benchmark uses little of them.
declare module 'oidc-provider';
declare module 'autocannon';
