import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Random } from '../ports/random.ts';
import {
  type ApplicationRequest,
  buildApplication,
  hashedSecret,
  newSecret,
  readGrantType,
} from './new-application.ts';

const random: Random = { bytes: randomBytes, text: (count) => randomBytes(count).toString('base64url') };
const now = Date.UTC(2024, 0, 1);
const request: ApplicationRequest = {
  name: 'Peak AMS',
  ownerName: 'Peak Analytics',
  website: 'https://peak.example',
  grantType: 'authorization_code',
  redirectUris: ['https://peak.example/callback/'],
  isPublic: false,
};

function created(change: Partial<ApplicationRequest> = {}) {
  const result = buildApplication({ ...request, ...change }, random, now);
  if (result.outcome === 'invalid') throw new Error(result.problems.join('; '));
  return result;
}

function problems(change: Partial<ApplicationRequest>): readonly string[] {
  const result = buildApplication({ ...request, ...change }, random, now);
  return result.outcome === 'invalid' ? result.problems : [];
}

describe('a new application', () => {
  it('has the requested properties and the policies of a confidential client', () => {
    expect(created().application).toMatchObject({
      name: 'Peak AMS',
      ownerName: 'Peak Analytics',
      website: 'https://peak.example',
      grantType: 'authorization_code',
      redirectUris: ['https://peak.example/callback/'],
      confidential: true,
      accessTokenSeconds: null,
      refreshPolicy: 'stable',
      resourceServer: false,
      now,
    });
  });

  it('gets credentials of letters, digits, - and _, which need no encoding', () => {
    const { application, secret } = created();
    expect(application.clientId).toMatch(/^insiders_app_[A-Za-z0-9]{24}$/);
    expect(secret).toMatch(/^insiders_secret_[A-Za-z0-9_-]{43}$/);
  });

  it('is stored with a digest of its secret, and never with the secret', () => {
    const { application, secret } = created();
    const hash = createHash('sha256')
      .update(secret ?? '')
      .digest('base64url');
    expect(application.secret).toMatchObject({ hash, lastFour: secret?.slice(-4) });
    expect(JSON.stringify(application)).not.toContain(secret?.slice(0, -4));
  });

  it('shares no credential with another application', () => {
    const [one, other] = [created(), created()];
    expect(one.application.clientId).not.toBe(other.application.clientId);
    expect(one.application.id).not.toBe(other.application.id);
    expect(one.secret).not.toBe(other.secret);
    expect(newSecret(random)).not.toBe(newSecret(random));
  });

  it('that is public gets no secret, and refresh tokens that rotate', () => {
    const { application, secret } = created({ isPublic: true });
    expect(secret).toBeNull();
    expect(application).toMatchObject({ secret: null, confidential: false, refreshPolicy: 'rotate' });
  });

  it('gets an identifier of equally likely characters: bytes beyond the largest multiple of 62 are skipped', () => {
    const bytes = Buffer.from([255, 248, 247, 0, 61, 62, ...Array(30).fill(1)]);
    const fixed: Random = { bytes: () => bytes, text: () => 'x' };
    const result = buildApplication(request, fixed, now);
    if (result.outcome === 'invalid') throw new Error('invalid');
    expect(result.application.clientId).toBe(`insiders_app_9A9A${'B'.repeat(20)}`);
  });

  it('with the password grant needs no callback', () => {
    expect(created({ grantType: 'password', redirectUris: [] }).application.grantType).toBe('password');
  });

  it('with the authorization code grant needs one', () => {
    expect(problems({ redirectUris: [] })).toEqual(['The grant type authorization_code needs at least one callback']);
  });

  it('may be without a website', () => {
    expect(created({ website: null }).application.website).toBeNull();
  });

  it.each(['refresh_token', 'client_credentials', 'implicit', 'Password', '', ' password'])(
    'has one of the two grant types, not "%s"',
    (grantType) => {
      expect(problems({ grantType })).toEqual(['The grant type is one of authorization_code, password']);
      expect(readGrantType(grantType)).toBeUndefined();
    },
  );

  it.each(['', '   ', '\t'])('needs a name, not %j', (name) => {
    expect(problems({ name })).toEqual(['The name is missing']);
  });

  it.each(['Peak\u202eAMS', 'Peak\nAMS', 'Peak\u0000', 'Peak\u200b', 'Peak\u2028AMS', 'Peak\ud800', '\u2066Peak'])(
    'has a name without characters that hide or reorder text, not %j',
    (name) => {
      expect(problems({ name })).toEqual(['The name has a character that cannot be shown']);
      expect(problems({ ownerName: name })).toEqual(['The owner has a character that cannot be shown']);
    },
  );

  it('has names of at most 100 code points, however many bytes these take', () => {
    expect(problems({ name: '\u{1f3c3}'.repeat(100) })).toEqual([]);
    expect(problems({ name: 'a'.repeat(101) })).toEqual(['The name has at most 100 characters']);
    expect(problems({ ownerName: 'a'.repeat(101) })).toEqual(['The owner has at most 100 characters']);
  });

  it.each(['javascript:alert(1)', 'peak.example', 'data:text/html,x', '', `https://peak.example/${'a'.repeat(300)}`])(
    'has a website with http or https, not %s',
    (website) => {
      expect(problems({ website })).toEqual(['The website begins with https://']);
    },
  );

  it('lists everything that is wrong at once', () => {
    const wrong = {
      name: '',
      ownerName: '',
      website: 'x',
      grantType: 'implicit',
      redirectUris: ['http://ams.example/'],
    };
    expect(problems(wrong)).toHaveLength(5);
  });
});

it('a client secret has an id that no command reads as an option', () => {
  // In base64url each of these bytes would be a hyphen or an underscore.
  let next = 0;
  const hyphens: Random = {
    bytes: (count) => Buffer.alloc(count, next++ === 0 ? 0xfb : 0x20),
    text: () => '-'.repeat(22),
  };
  expect(hashedSecret(newSecret(random), hyphens).id).toMatch(/^[A-Za-z0-9]{22}$/);
});
