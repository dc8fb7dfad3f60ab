import { describe, expect, it } from 'vitest';
import { grants } from './grants/index.ts';
import { endpointPaths, metadata } from './metadata.ts';

describe('the discovery document (RFC 8414 2)', () => {
  const document = metadata('https://insiders.example');

  it('says what the tables say', () => {
    expect(document.grant_types_supported).toEqual(grants.map(({ grantType }) => grantType));
    expect(document.grant_types_supported).toEqual(['authorization_code', 'password', 'refresh_token']);
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

  it('leads people to the documentation', () => {
    expect(document.service_documentation).toBe('https://insiders.example/docs/');
  });

  it('offers introspection only to who has a secret (RFC 7662 4)', () => {
    expect(document.introspection_endpoint_auth_methods_supported).not.toContain('none');
  });
});
