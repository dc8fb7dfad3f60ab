import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampleIds, examples, fileOf, toolchains } from './toolchains.ts';

const names = globSync('*/*.*', { cwd: examples }).sort();
const textOf = (name: string) => readFileSync(join(examples, name), 'utf8');

/** What no example may contain: a name, a pattern, and a text that the pattern must match. */
const forbidden: readonly (readonly [string, RegExp, string])[] = [
  ['verify=False', /verify\s*=\s*False/i, 'requests.get(url, verify=False)'],
  ['-k of curl', /(^|\s)(-[a-zA-Z]*k[a-zA-Z]*|--insecure)(\s|$)/m, 'curl -sk https://host'],
  ['InsecureSkipVerify', /InsecureSkipVerify/i, 'tls.Config{InsecureSkipVerify: true}'],
  ['rejectUnauthorized', /rejectUnauthorized|NODE_TLS_REJECT/, 'rejectUnauthorized: false'],
  ['CURLOPT_SSL_VERIFY…', /SSL_VERIFY/, 'CURLOPT_SSL_VERIFYPEER => false'],
  ['a TrustManager', /TrustManager|HostnameVerifier/, 'new X509TrustManager()'],
  [
    'a certificate callback',
    /CertificateValidationCallback|CertificateCustomValidation/,
    'handler.ServerCertificateCustomValidationCallback',
  ],
  [
    'a literal secret',
    /(secret|password|token)['"]?\s*(=>|:?=|:)\s*['"`][\w.~+-]{8,}['"`]/i,
    "client_secret = '789ghi123klm'",
  ],
];

describe('the files of the example programs', () => {
  it.each(toolchains.map((toolchain) => [toolchain.language, toolchain] as const))(
    '%s has every example',
    (_, toolchain) => {
      for (const id of exampleIds) expect(existsSync(fileOf(toolchain, id)), id).toBe(true);
    },
  );

  it('are all in a tested language', () => {
    const extensions = toolchains.map(({ language, extension }) => `${language}/*.${extension}`);
    expect(globSync(extensions, { cwd: examples }).sort()).toEqual(names);
  });

  describe.each(names)('%s', (name) => {
    const text = textOf(name);

    it('begins with its file name, how to run it and what it needs', () => {
      const start = text.split('\n').slice(0, 12).join('\n');
      expect(start).toMatch(/Run: +\S/);
      expect(start).toMatch(/Needs: +\S/);
      expect(start).toContain(basename(name));
    });

    it('reads its settings at the top, from the environment', () => {
      const start = text.slice(0, text.length / 2);
      expect(start).toMatch(/\bINSIDERS_URL\b/);
      expect(start).toContain('https://api.insiders.example');
      if (basename(name).startsWith('paging')) return;
      expect(start).toMatch(/\bINSIDERS_CLIENT_ID\b/);
      expect(start).toContain('YOUR_CLIENT_ID_HERE');
      expect(text).toContain('INSIDERS_CLIENT_SECRET');
      if (!basename(name).startsWith('authorization-code')) return;
      expect(start).toMatch(/\bINSIDERS_REDIRECT_URI\b/);
      expect(start).toContain('http://127.0.0.1:8000/authorized/');
      expect(text).toContain('S256');
    });

    it('has a trailing slash in each path', () => {
      for (const [path] of text.matchAll(/\/(oauth2|api\/v1)\/[a-z/-]*/g)) expect(path).toMatch(/\/$/);
    });

    it('has a timeout', () => {
      expect(text).toMatch(/timeout|max-time/i);
    });

    it('has at most 200 lines of at most 120 characters', () => {
      const lines = text.split('\n');
      expect(lines.length).toBeLessThanOrEqual(200);
      expect(lines.filter((line) => line.length > 120)).toEqual([]);
    });

    it.each(forbidden)('has no %s', (_name, pattern) => {
      expect(text).not.toMatch(pattern);
    });
  });

  it.each(forbidden)('would fail with %s', (_name, pattern, bad) => {
    expect(bad).toMatch(pattern);
  });
});
