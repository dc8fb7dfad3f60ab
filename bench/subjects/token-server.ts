/**
 * The token endpoint without a store: the same server, form parsing, client authentication and token minting, with all
 * data in memory. `write`: what a subject writes for each request.
 */
import { Registry } from 'prom-client';

import type { Config } from '../../src/config/load.ts';
import { backChannel } from '../../src/endpoints/back-channel.ts';
import { observeRequests } from '../../src/endpoints/metrics.ts';
import { oauthProblems } from '../../src/endpoints/problems.ts';
import { acceptOnlyForms } from '../../src/http/form-body.ts';
import { createServer, writeProblemsWith } from '../../src/http/server.ts';
import { authenticateClient } from '../../src/oauth/clients/authenticate.ts';
import { mintAccessToken, tokenIdBytes } from '../../src/oauth/formats/access-token.ts';
import { digest } from '../../src/oauth/formats/digest.ts';
import { idBytes } from '../../src/oauth/formats/ids.ts';
import { parseParams, refuseRepeated, required } from '../../src/oauth/params.ts';
import type { Application } from '../../src/ports/store/index.ts';
import { systemClock as clock } from '../../src/system/clock.ts';
import { systemRandom as random } from '../../src/system/random.ts';
import { client, redirectUri } from '../texts.ts';

const application: Application = {
  id: client.id,
  clientId: client.id,
  name: 'Bench',
  ownerName: 'Bench',
  website: null,
  grantType: 'authorization_code',
  redirectUris: [redirectUri],
  confidential: true,
  accessTokenSeconds: null,
  refreshPolicy: 'stable',
  status: 'active',
  resourceServer: false,
  sandboxUserId: null,
  consentEpoch: 1,
  createdAt: 0,
};
const secrets = [{ id: '1', hash: digest(client.secret), lastFour: 'ench', createdAt: 0, validUntil: null }];
const applications = {
  findByClientId: async (id: string) => (id === client.id ? { application, secrets } : undefined),
};
const key = { id: 0, secret: random.bytes(32) };
const familyId = random.text(idBytes);

export async function serveTokens(config: Config, write: () => void): Promise<void> {
  const problems = oauthProblems(config.publicUrl);
  const server = createServer(config, { forPages: problems, forApi: problems, forPrograms: problems });
  observeRequests(server, new Registry());
  const throttles = { admit: async () => ({ outcome: 'admitted' }) as const };
  server.register(async (app) => {
    acceptOnlyForms(app);
    writeProblemsWith(app, problems);
    backChannel(app, '/oauth2/token/', async (request) => {
      const params = parseParams(request.body);
      refuseRepeated(params);
      await authenticateClient(
        { store: { applications, throttles }, recordClientUse: () => {} },
        { ...request, params, now: clock.now() },
      );
      write();
      return {
        access_token: mintAccessToken(key, {
          tokenId: random.text(tokenIdBytes),
          familyId,
          expiresAt: clock.now() + 36_000_000,
        }),
        expires_in: 36_000,
        token_type: 'Bearer',
        scope: 'all',
        refresh_token: required(params, 'refresh_token'),
      };
    });
  });
  await server.listen({ host: config.host, port: config.port });
}
