import { authenticationMethods } from './clients/credentials.ts';
import { grants } from './grants/index.ts';
import { challengeMethods } from './pkce.ts';
import { scopes } from './scope.ts';

/** The paths of the endpoints. Clients rely on the trailing slashes. */
export const endpointPaths = {
  authorize: '/oauth2/authorize/',
  token: '/oauth2/token/',
  revoke: '/oauth2/revoke-token/',
  introspect: '/oauth2/introspect/',
  metadata: '/.well-known/oauth-authorization-server',
} as const;

/** The supported values of `response_type` (RFC 6749 3.1.1). */
export const responseTypes = ['code'] as const;

/** The discovery document (RFC 8414 2), derived from the tables that the endpoints use. */
export function metadata(issuer: string) {
  const confidentialMethods = authenticationMethods.filter((method) => method !== 'none');
  return {
    issuer,
    authorization_endpoint: issuer + endpointPaths.authorize,
    token_endpoint: issuer + endpointPaths.token,
    revocation_endpoint: issuer + endpointPaths.revoke,
    introspection_endpoint: issuer + endpointPaths.introspect,
    scopes_supported: [...scopes],
    response_types_supported: [...responseTypes],
    response_modes_supported: ['query'],
    grant_types_supported: grants.map((grant) => grant.grantType),
    token_endpoint_auth_methods_supported: [...authenticationMethods],
    revocation_endpoint_auth_methods_supported: [...authenticationMethods],
    introspection_endpoint_auth_methods_supported: confidentialMethods,
    code_challenge_methods_supported: [...challengeMethods],
    service_documentation: `${issuer}/docs/`,
    authorization_response_iss_parameter_supported: true,
  };
}
