import type { RefusedAt } from '../../ports/store/index.ts';

/** The OAuth endpoints. */
export type Endpoint = Exclude<RefusedAt, 'api'>;

/** The endpoints that clients call directly, and where they authenticate. */
export const backChannelEndpoints = ['token', 'revoke', 'introspect'] as const satisfies readonly Endpoint[];

export const allEndpoints = ['authorize', ...backChannelEndpoints] as const satisfies readonly Endpoint[];
