import { describe, expect, it } from 'vitest';
import { attributed, grantTypeText, Refusal, refusals, refuse } from './errors.ts';

describe('the table of refusals', () => {
  it.each(Object.entries(refusals))(
    '%s has a status, a source, and a code in the charset of RFC 6749 5.2',
    (_, row) => {
      expect(row.status).toBeGreaterThanOrEqual(400);
      expect(row.source).toMatch(/^RFC \d+ /);
      expect(row.error).toMatch(/^[a-z_]+$/);
    },
  );

  it('answers 401 to an unauthenticated client only (RFC 6749 5.2)', () => {
    const unauthorized = Object.entries(refusals).filter(([, { status }]) => status === 401);
    expect(unauthorized.map(([reason]) => reason)).toEqual(['invalid_client']);
  });

  it('redirects nothing that comes before the redirect URI is trusted', () => {
    for (const reason of [
      'unknown_application',
      'redirect_uri_missing',
      'redirect_uri_mismatch',
      'malformed_request',
    ]) {
      expect(refusals[reason as keyof typeof refusals].redirect).toBe(false);
    }
  });
});

describe('a refusal', () => {
  it('says whose request it was, once that is known; another fault is left as it is', async () => {
    const refusal = new Refusal('invalid_grant', 'No');
    await expect(attributed('application-1', () => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(refusal.applicationId).toBe('application-1');
    const fault = Object.freeze(new Error('Away'));
    await expect(attributed('application-1', () => Promise.reject(fault))).rejects.toBe(fault);
    expect(await attributed('application-1', async () => 7)).toBe(7);
  });

  it('for another grant type names the one of the application', () => {
    expect(grantTypeText({ grantType: 'password' })).toContain('password');
  });

  it('keeps what the client may read apart from what the log gets', () => {
    const refusal = new Refusal('invalid_grant', 'No', { cause: 'code_expired' });
    expect(refusal.row).toBe(refusals.invalid_grant);
    expect(refusal.message).not.toContain('expired');
    expect(() => refuse('invalid_grant', 'No')).toThrow(Refusal);
  });
});
