import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { documentedResponse } from '../../../src/pages/docs/errors/responses.ts';
import { unknownReader } from '../../../src/pages/docs/examples.ts';
import { factsFor } from '../../../src/pages/docs/facts.ts';
import { type RevocationEventId, revocationEffects } from '../../../src/pages/docs/revocation-effects.ts';
import { apiErrors } from '../../../src/pages/messages/api-errors.ts';
import type { RequestId } from '../../../src/pages/messages/documented-requests.ts';
import { callApi, refresh } from '../../support/oauth.ts';
import { documentedRequests, type Response } from '../../support/site/documented-requests.ts';
import { newTestServer } from '../../support/site/site.ts';
import { tokenEvents } from '../../support/site/token-events.ts';

/** The header `WWW-Authenticate` by code, as the pages of the errors state it. */
const challenges: Readonly<Record<string, RegExp>> = {
  invalid_client: /^Basic realm="[^"]+"$/,
  authentication_required: /^Bearer realm="[^"]+"$/,
  invalid_token: /^Bearer realm="[^"]+", error="invalid_token", /,
};
/** The texts that the API sent with each code. */
const details = new Map<string, Set<string>>();

function recordDetail(id: RequestId, { code, detail }: Response): void {
  if (documentedResponse(id).at !== 'api') return;
  details.set(String(code), (details.get(String(code)) ?? new Set()).add(String(detail)));
}

describe('a documented response', () => {
  const site = newTestServer({ accessTokenSeconds: '7200', codeSeconds: '240', apiRequestsPerMinute: '30' });
  const requests = documentedRequests(site);

  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it.each(Object.keys(requests) as RequestId[])('is the response of the server: %s', async (id) => {
    const { at, status, code, explainedAt } = documentedResponse(id);
    const response = await requests[id]();
    recordDetail(id, response);
    expect(response.code).toBe(code);
    if (at === 'callback') expect([302, 303]).toContain(response.status);
    else expect(response.status).toBe(status);
    if (status === 429) expect(response.retryAfter).toMatch(/^[1-9]\d*$/);
    if (status === 401) expect(response.challenge).toMatch(challenges[String(code)] ?? /^$/);
    if (at === 'oauth' || at === 'callback') {
      expect(response.uri).toContain(`${site.url}/docs/errors/${explainedAt}/?request=`);
      expect((await fetch(String(response.uri))).status).toBe(200);
    }
  });

  it('has the text of the server as its example', () => {
    const different = Object.entries(apiErrors)
      .filter(([code]) => details.has(code))
      .filter(([code, { detail }]) => !details.get(code)?.has(detail));
    expect(different.map(([code, { detail }]) => [code, detail, [...(details.get(code) ?? [])]])).toEqual([]);
    expect(details.size).toBeGreaterThan(8);
  });
});

describe('the documented effect of an event on tokens', () => {
  const site = newTestServer({ accessTokenSeconds: '7200' });
  const events = tokenEvents(site);

  beforeAll(() => site.start());
  afterAll(() => site.stop());

  it.each(Object.keys(events) as RevocationEventId[])('is the effect on the server: %s', async (id) => {
    const { application, tokens } = await events[id]();
    const outcome = (status: number) => (status === 200 ? 'stays active' : 'ends');
    const apiResponse = await callApi(site, tokens.access_token);
    const refreshResponse = await refresh(site, application, tokens.refresh_token);
    const { accessToken, refreshToken } = revocationEffects[id];
    expect([outcome(apiResponse.status), outcome(refreshResponse.status)]).toEqual([accessToken, refreshToken]);
  });

  it('states a maximum length that every token fits in', async () => {
    const { application, tokens } = await events.logged_out();
    const maxLength = Number(factsFor(loadConfig({}), unknownReader)['most.token']);
    const texts = [application.clientId, application.clientSecret ?? '', tokens.access_token, tokens.refresh_token];
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(maxLength);
      expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
    }
  });
});
