import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { grants } from '../../oauth/grants/index.ts';
import { unknownReader } from './examples.ts';
import { factsFor, fillFacts, inWords } from './facts.ts';

const config = loadConfig(
  {},
  { publicUrl: 'https://api.example', accessTokenSeconds: '5400', apiRequestsPerMinute: '0' },
);
const facts = factsFor(config, unknownReader);

describe('the facts of the pages', () => {
  it('come from the configuration and the metadata', () => {
    expect(fillFacts('{{issuer}} {{endpoint.token}} {{path.revoke}}', facts)).toBe(
      'https://api.example https://api.example/oauth2/token/ /oauth2/revoke-token/',
    );
    expect(fillFacts('{{lifetime.access_token}} {{seconds.access_token}}', facts)).toBe('90 minutes 5400');
    expect(fillFacts('{{throttle.api}}', facts)).toBe('as many requests as it likes');
    const grantTypes = grants.map(({ grantType }) => `\`${grantType}\``).join(', ');
    expect(fillFacts('{{grant_types}}', facts)).toBe(grantTypes);
  });

  it('link error codes, with their status', () => {
    expect(fillFacts('{{error.invalid_grant}}', facts)).toBe('[`invalid_grant`](/docs/errors/invalid_grant/)');
    expect(fillFacts('{{response.password_wrong}}', facts)).toBe('400 [`invalid_grant`](/docs/errors/invalid_grant/)');
    expect(facts['wire.throttled']).toMatch(/^HTTP\/1.1 429 Too Many Requests\n/);
  });

  it('include the client ID and callback of a known reader, but never a secret', () => {
    const own = factsFor(config, { clientId: 'insiders_app_x', redirectUri: 'https://ams.example/cb' });
    expect(fillFacts('{{client_id}} {{redirect_uri}} {{client_secret}}', own)).toBe(
      'insiders_app_x https://ams.example/cb YOUR_CLIENT_SECRET_HERE',
    );
    expect(fillFacts('{{client_id}} {{redirect_uri}}', facts)).toBe(
      'YOUR_CLIENT_ID_HERE http://127.0.0.1:8000/authorized/',
    );
  });

  it('do not replace the lines of examples', () => {
    expect(fillFacts('{{example paging}}', facts)).toBe('{{example paging}}');
  });

  it.each(['{{nope}}', '{{ issuer }}', '{{}}', '{{constructor}}'])('are rejected as %s', (text) => {
    expect(() => fillFacts(text, facts)).toThrow(/There is no fact/);
  });

  it.each([
    [1, '1 second'],
    [60, '1 minute'],
    [90, '90 seconds'],
    [36_000, '10 hours'],
    [1_209_600, '14 days'],
    [0, '0 seconds'],
  ])('write %i seconds as %s', (seconds, words) => {
    expect(inWords(seconds)).toBe(words);
  });
});
