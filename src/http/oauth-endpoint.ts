import type { Endpoint } from '../oauth/errors/endpoints.ts';
import { endpointPaths } from '../oauth/metadata.ts';
import { pathOf } from './paths.ts';

const endpoints: Readonly<Record<string, Endpoint>> = {
  [endpointPaths.authorize]: 'authorize',
  [endpointPaths.token]: 'token',
  [endpointPaths.revoke]: 'revoke',
  [endpointPaths.introspect]: 'introspect',
};

/** The OAuth endpoint at a request target; `undefined`: the path is none. */
export function endpointAt(url: string): Endpoint | undefined {
  return endpoints[pathOf(url)];
}
