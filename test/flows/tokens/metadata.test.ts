import { describe, expect, it } from 'vitest';
import { readResponse } from '../../support/oauth.ts';
import { onEachEngine } from '../../support/site/site.ts';

const path = '/.well-known/oauth-authorization-server';

onEachEngine((site) => {
  describe('the discovery document', () => {
    it('has the endpoints with their slashes, and their options', async () => {
      const response = await fetch(site.url + path).then(readResponse);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(response.body).toMatchObject({
        issuer: site.url,
        authorization_endpoint: `${site.url}/oauth2/authorize/`,
        token_endpoint: `${site.url}/oauth2/token/`,
        revocation_endpoint: `${site.url}/oauth2/revoke-token/`,
        introspection_endpoint: `${site.url}/oauth2/introspect/`,
        service_documentation: `${site.url}/docs/`,
        scopes_supported: ['all'],
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'password', 'refresh_token'],
        code_challenge_methods_supported: ['S256'],
        authorization_response_iss_parameter_supported: true,
      });
      expect(response.body.token_endpoint_auth_methods_supported).toContain('client_secret_basic');
    });

    it('does not depend on the host and scheme of the request', async () => {
      const { hostname, port } = new URL(site.url);
      const { request } = await import('node:http');
      const text = await new Promise<string>((done, failed) => {
        const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
        request({ hostname, port, path, headers }, (response) => {
          let body = '';
          response.on('data', (chunk) => {
            body += chunk;
          });
          response.once('end', () => done(body));
        })
          .once('error', failed)
          .end();
      });
      expect(JSON.parse(text)).toMatchObject({ issuer: site.url });
      expect(text).not.toContain('evil.example');
    });

    it('has endpoints that exist', async () => {
      const { body } = await fetch(site.url + path).then(readResponse);
      for (const name of ['token_endpoint', 'revocation_endpoint', 'introspection_endpoint']) {
        const response = await fetch(String(body[name]), { method: 'POST' });
        expect(response.status).toBe(401);
        await response.body?.cancel();
      }
    });
  });
});
