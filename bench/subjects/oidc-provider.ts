/** A peer: oidc-provider with its in-memory adapter, refreshing without rotation. */
import Provider from 'oidc-provider';
import { loadConfig } from '../../src/config/load.ts';
import { client, redirectUri } from '../data.ts';

const config = loadConfig(process.env);
const provider = new Provider(config.publicUrl, {
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
  ttl: { AccessToken: 36_000, RefreshToken: 360_000 },
});

const grant = new provider.Grant({ accountId: 'person', clientId: client.id });
grant.addOIDCScope('openid offline_access');
const grantId = await grant.save();
const found = await provider.Client.find(client.id);
if (found === undefined) throw new Error('The client is not there');
const token = new provider.RefreshToken({
  client: found,
  accountId: 'person',
  grantId,
  gty: 'authorization_code',
  scope: 'offline_access',
});
const value = await token.save();
provider.listen(config.port, config.host, () => process.send?.({ refreshToken: value }));
