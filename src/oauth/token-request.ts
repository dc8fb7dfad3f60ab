import type { BackChannelRequest } from './back-channel-request.ts';
import { type AuthenticatedClient, authenticateClient } from './clients/authenticate.ts';
import type { OauthContext } from './context.ts';
import { attributed, refuse } from './errors/oauth-error.ts';
import { permits } from './grants/grant.ts';
import { type AnyGrant, findGrant, grants } from './grants/index.ts';
import { issue, type TokenResponse } from './issue.ts';
import { type Params, parseParams, refuseRepeated, required } from './params.ts';
import { redactValue } from './redact.ts';

/**
 * Attempts at the conditional write before giving up: the first and two retries, enough for a client's parallel
 * workers.
 */
const maxAttempts = 3;

/**
 * The token endpoint (RFC 6749 3.2): parse, authenticate the client, find the grant, load, decide, issue.
 * @throws {OAuthError}
 */
export async function handleTokenRequest(context: OauthContext, request: BackChannelRequest): Promise<TokenResponse> {
  const params = parseParams(request.body);
  refuseRepeated(params);
  const now = context.clock.now();
  const client = await authenticateClient(context, { ...request, params, now });
  return attributed(client.id, () => issueTokens(context, client, params, request.from));
}

async function issueTokens(
  context: OauthContext,
  client: AuthenticatedClient,
  params: Params,
  from: string,
): Promise<TokenResponse> {
  const grant = grantFor(client, params);
  const grantRequest = grant.parse(params);
  const { rotationOverlapSeconds } = context.settings;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const state = await grant.load(context, grantRequest, { client, from });
    const decision = grant.decide(grantRequest, state, { client, now: context.clock.now(), rotationOverlapSeconds });
    const issued = await issue(context, client, decision);
    if (issued.outcome === 'issued') return issued.response;
  }
  return refuse('lost_every_race');
}

function grantFor(client: AuthenticatedClient, params: Params): AnyGrant {
  const received = required(params, 'grant_type');
  const grant = findGrant(received);
  if (grant === undefined) {
    const expected = grants.map(({ grantType }) => grantType);
    return refuse('unknown_grant_type', {
      text: { grantTypes: expected.join(', ') },
      expected,
      received: redactValue(received),
    });
  }
  if (!permits(client, grant)) {
    const { grantType } = client;
    return refuse('other_grant_type', { text: { grantType }, expected: [grantType], received: grant.grantType });
  }
  return grant;
}
