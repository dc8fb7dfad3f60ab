/**
 * The peer: oidc-provider with Maps as its storage, configured like the product: the same client with the Basic header,
 * refresh tokens that do not rotate, opaque access tokens of ten hours, and a grant and a refresh token for each user.
 */
import Provider from 'oidc-provider';
import { loadConfig } from '../../src/config/load.ts';
import { client, emailOf, peerRefreshText, people, redirectUri } from '../texts.ts';
import { mapAdapter } from './map-adapter.ts';

const config = loadConfig(process.env);
const provider = new Provider(config.publicUrl, {
  adapter: mapAdapter,
  clients: [
    {
      client_id: client.id,
      client_secret: client.secret,
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: [redirectUri],
      token_endpoint_auth_method: 'client_secret_basic',
    },
  ],
  findAccount: async (_ctx: unknown, sub: string) => ({ accountId: sub, claims: async () => ({ sub }) }),
  scopes: ['openid', 'offline_access'],
  rotateRefreshToken: false,
  features: { devInteractions: { enabled: false } },
  ttl: { AccessToken: 36_000, RefreshToken: 360_000, Grant: 360_000 },
});

const found = await provider.Client.find(client.id);
if (found === undefined) throw new Error('The client is not there');
for (let person = 0; person < people; person += 1) {
  const accountId = emailOf(person);
  const grant = new provider.Grant({ accountId, clientId: client.id });
  grant.addOIDCScope('openid offline_access');
  const token = new provider.RefreshToken({
    jti: peerRefreshText(person),
    client: found,
    accountId,
    grantId: await grant.save(),
    gty: 'authorization_code',
    scope: 'offline_access',
  });
  await token.save();
}
provider.listen(config.port, config.host);
