import { describe, expect, it } from 'vitest';
import { causeOf } from '../../../test/support/oauth-fakes.ts';
import { errorRows } from './index.ts';
import { attributed, OAuthError, refuse } from './oauth-error.ts';

describe('an OAuth error', () => {
  it('gets the application of its request; other errors are not changed', async () => {
    const error = new OAuthError('code_unknown');
    await expect(attributed('application-1', () => Promise.reject(error))).rejects.toBe(error);
    expect(error.applicationId).toBe('application-1');
    const other = Object.freeze(new Error('Other'));
    await expect(attributed('application-1', () => Promise.reject(other))).rejects.toBe(other);
    expect(await attributed('application-1', async () => 7)).toBe(7);
  });

  it('is thrown with its cause, and has the row of the cause', async () => {
    expect(await causeOf(() => refuse('code_replayed'))).toBe('code_replayed');
    expect(new OAuthError('code_replayed').row).toBe(errorRows.code_replayed);
  });

  it('has the status and the text of the endpoint', () => {
    const error = new OAuthError('suspended');
    const ofClient = { error: 'invalid_client', status: 401, description: 'Client authentication failed' };
    expect(error.responseAt('token')).toEqual(ofClient);
    expect(error.responseAt(undefined)).toEqual({ ...ofClient, status: 400 });
    const description = 'The application is unknown or not active';
    expect(error.responseAt('authorize')).toEqual({ ...ofClient, status: 400, description });
    expect(new OAuthError('code_expired', { expected: [], received: '' }).responseAt('authorize').description).toBe(
      errorRows.code_expired.text,
    );
  });

  it('has the values that its text names', () => {
    const text = { grantType: 'password' };
    const error = new OAuthError('other_grant_type', { text, expected: ['password'], received: 'refresh_token' });
    expect(error.responseAt('token').description).toBe('The grant type of this application is password');
    expect(error.shown).toEqual({ expected: ['password'], received: 'refresh_token' });
  });

  it('does not tell the client its cause', () => {
    expect(
      JSON.stringify(new OAuthError('secret_revoked', { expected: [], received: '' }).responseAt('token')),
    ).not.toContain('revoked');
  });

  it('has no details and no Retry-After, unless its row has', () => {
    expect(new OAuthError('suspended')).toMatchObject({ shown: {}, retryAfterSeconds: undefined });
    expect(new OAuthError('busy', { retryAfterSeconds: 2 })).toMatchObject({ shown: {}, retryAfterSeconds: 2 });
  });
});
