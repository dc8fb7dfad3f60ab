import { describe, expect, expectTypeOf, it } from 'vitest';
import { type DetailsOf, errorRows, isErrorCode, type OAuthErrorCode } from './index.ts';

/** The characters of `error_description` (RFC 6749 5.2). */
const described = /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/;

describe('the table of errors', () => {
  it.each(Object.entries(errorRows))('%s has a text in the characters of RFC 6749 5.2, and a source', (_, row) => {
    for (const text of [row.text, row.textAtAuthorize ?? row.text]) {
      expect(text).toMatch(described);
      expect(text).toMatch(/^[A-Za-z].*[^.]$/);
    }
    expect(row.source).toMatch(/^RFC \d+ \d+(\.\d+)*$/);
    expect(row.at.length).toBeGreaterThan(0);
  });

  it.each(Object.entries(errorRows))(
    '%s has a redirect or a page, if and only if it occurs at the authorization endpoint',
    (_, row) => {
      expect(row.redirect || row.page !== undefined).toBe(row.at.includes('authorize'));
    },
  );

  it('redirects no error of the client or the redirect URI (RFC 6749 4.1.2.1)', () => {
    const causes = [
      'unknown_client',
      'client_id_space',
      'suspended',
      'redirect_uri_missing',
      'redirect_uri_mismatch',
    ] as const;
    expect(causes.map((cause) => errorRows[cause].redirect)).toEqual([false, false, false, false, false]);
  });

  it('has no authenticated client in an error of its credentials', () => {
    const rows = Object.entries(errorRows).filter(([, { error }]) => error === 'invalid_client');
    const authenticated = rows.filter(([, row]) => row.authenticated).map(([cause]) => cause);
    expect(authenticated).toEqual(['introspection_without_secret']);
  });
});

it('a cause requires the details that its row shows and its text names, and accepts no others', () => {
  interface Both {
    readonly expected: readonly string[];
    readonly received: string | undefined;
  }
  expectTypeOf<DetailsOf['suspended']>().toEqualTypeOf<readonly []>();
  expectTypeOf<DetailsOf['wrong_secret']>().toEqualTypeOf<readonly [details: Both]>();
  expectTypeOf<DetailsOf['busy'][0]>().toEqualTypeOf<{ readonly retryAfterSeconds: number }>();
  expectTypeOf<DetailsOf['other_grant_type'][0]>().toExtend<{ readonly text: { readonly grantType: string } }>();
});

describe('an error code', () => {
  it('is a code of a row, or that of an internal error', () => {
    const texts = ['invalid_grant', 'access_denied', 'server_error', 'not_found', 'constructor'];
    expect(texts.map(isErrorCode)).toEqual([true, true, true, false, false]);
  });

  it('is one of those that the rows name, by its type', () => {
    expectTypeOf<'invalid_grant' | 'server_error'>().toExtend<OAuthErrorCode>();
    expectTypeOf<string>().not.toExtend<OAuthErrorCode>();
  });
});
