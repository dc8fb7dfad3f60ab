import { describe, expect, it } from 'vitest';
import { read } from '../../support/oauth.ts';
import { onEachSite } from '../../support/server.ts';

const path = '/.well-known/oauth-authorization-server';

onEachSite((site) => {
  describe('the server’s description of itself', () => {
    it('names its endpoints with their slashes, and what they take', async () => {
      const answer = await fetch(site.url + path).then(read);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.body).toMatchObject({
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
      expect(answer.body.token_endpoint_auth_methods_supported).toContain('client_secret_basic');
    });

    it('is not changed by what a request says of host and scheme', async () => {
      const { hostname, port } = new URL(site.url);
      const { request } = await import('node:http');
      const text = await new Promise<string>((done, failed) => {
        const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
        request({ hostname, port, path, headers }, (answer) => {
          let body = '';
          answer.on('data', (chunk) => {
            body += chunk;
          });
          answer.once('end', () => done(body));
        })
          .once('error', failed)
          .end();
      });
      expect(JSON.parse(text)).toMatchObject({ issuer: site.url });
      expect(text).not.toContain('evil.example');
    });

    it('leads to endpoints that are there', async () => {
      const { body } = await fetch(site.url + path).then(read);
      for (const name of ['token_endpoint', 'revocation_endpoint', 'introspection_endpoint']) {
        const answer = await fetch(String(body[name]), { method: 'POST' });
        expect(answer.status).toBe(401);
        await answer.body?.cancel();
      }
    });
  });
});
