import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { errorRows } from '../../../oauth/errors/index.ts';
import { statusOf } from '../../../oauth/errors/status.ts';
import { apiErrors } from '../../messages/api-errors.ts';
import { documentedCode, documentedCodes } from './error-codes.ts';
import { errorExamples } from './error-examples.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** What programs call; the pages explain themselves. */
const edge = globSync('{http,api,endpoints}/**/*.ts', { cwd: root }).filter((path) => !path.endsWith('.test.ts'));
/** `new Problem(404, 'not_found'`, and what a guard calls it. */
const thrown = edge.flatMap((path) => {
  const text = readFileSync(root + path, 'utf8');
  return [...text.matchAll(/new Problem\(\s*(\d{3}),\s*(?:\w+ \?\? )?'([a-z_]+)'/g)].map(
    ([, status = '', code = '']) => ({
      status: Number(status),
      code,
    }),
  );
});

describe('the error codes that have a page', () => {
  it('are all that the OAuth endpoints send', () => {
    const documented = documentedCodes.filter(({ oauth }) => oauth).map(({ code }) => code);
    const sent = new Set([...Object.values(errorRows).map(({ error }) => error), 'server_error']);
    expect(documented.sort()).toEqual([...sent].sort());
  });

  it('have the statuses that programs see', () => {
    const statusesOf = (code: string) => documentedCode(code)?.statuses;
    expect(statusesOf('invalid_client')).toEqual([401]);
    expect(statusesOf('temporarily_unavailable')).toEqual([429, 503]);
    expect(statusesOf('access_denied')).toEqual([]);
    for (const row of Object.values(errorRows)) {
      if (row.at.includes('token')) expect(statusesOf(row.error)).toContain(statusOf(row, 'token'));
    }
    // Only the authorization endpoint sends it, by a redirect.
    expect(statusesOf('unsupported_response_type')).toEqual([]);
  });

  it('are all that the server and the API send, with their statuses, and no others', () => {
    const codes = [...new Set(thrown.map(({ code }) => code))].sort();
    expect(codes.length).toBeGreaterThan(10);
    expect(Object.keys(apiErrors).sort()).toEqual(codes);
    for (const { code, status } of thrown)
      expect([code, documentedCode(code)?.statuses]).toEqual([code, expect.arrayContaining([status])]);
  });

  it.each(documentedCodes.map((known) => [known.code, known] as const))(
    'say of %s what it is, how to see and to fix it',
    (code, known) => {
      const { meaning, see, causes } = known.explanation;
      for (const text of [meaning, see, ...causes.flatMap(({ cause, fix }) => [cause, fix])]) {
        expect(text).toMatch(/^[A-Z0-9a-z_].*\.$/);
      }
      expect(causes.length).toBeGreaterThan(0);
      const examples = errorExamples(known, 'https://api.example').map(({ text }) => text);
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(example).toContain(code);
    },
  );

  it('are found by their whole name only', () => {
    expect(documentedCode('invalid_grant')?.redirected).toBe(false);
    expect(documentedCode('access_denied')?.redirected).toBe(true);
    for (const text of ['', 'constructor', 'invalid']) expect(documentedCode(text)).toBeUndefined();
  });
});
