import { describe, expect, it } from 'vitest';
import { grants } from './grants/index.ts';
import { endpointPaths, metadata } from './metadata.ts';

describe('the discovery document (RFC 8414 2)', () => {
  const document = metadata('https://insiders.example');

  it('has exactly these members', () => {
    const methods = ['client_secret_basic', 'client_secret_post', 'none'];
    expect(document).toEqual({
      issuer: 'https://insiders.example',
      authorization_endpoint: 'https://insiders.example/oauth2/authorize/',
      token_endpoint: 'https://insiders.example/oauth2/token/',
      revocation_endpoint: 'https://insiders.example/oauth2/revoke-token/',
      introspection_endpoint: 'https://insiders.example/oauth2/introspect/',
      scopes_supported: ['all'],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'password', 'refresh_token'],
      token_endpoint_auth_methods_supported: methods,
      revocation_endpoint_auth_methods_supported: methods,
      introspection_endpoint_auth_methods_supported: methods.slice(0, 2),
      code_challenge_methods_supported: ['S256'],
      service_documentation: 'https://insiders.example/docs/',
      authorization_response_iss_parameter_supported: true,
    });
  });

  it('is derived from the tables', () => {
    expect(document.grant_types_supported).toEqual(grants.map(({ grantType }) => grantType));
    expect(document.response_types_supported).toEqual(['code']);
    expect(document.code_challenge_methods_supported).toEqual(['S256']);
    expect(document.scopes_supported).toEqual(['all']);
    expect(document.token_endpoint_auth_methods_supported).toContain('client_secret_basic');
  });

  it('names the endpoints under the issuer, with their trailing slashes', () => {
    expect(document.issuer).toBe('https://insiders.example');
    expect(document.token_endpoint).toBe('https://insiders.example/oauth2/token/');
    expect(document.revocation_endpoint).toBe(`https://insiders.example${endpointPaths.revoke}`);
    expect(endpointPaths.revoke).toBe('/oauth2/revoke-token/');
  });

  it('names the documentation', () => {
    expect(document.service_documentation).toBe('https://insiders.example/docs/');
  });

  it('offers introspection only to confidential clients (RFC 7662 4)', () => {
    expect(document.introspection_endpoint_auth_methods_supported).not.toContain('none');
  });
});
