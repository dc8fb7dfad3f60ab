import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { obtainTokens, type Tokens } from '../../support/oauth.ts';
import { newApplication } from '../../support/site/fixtures.ts';
import { credentials, type Example, expectFailure, wrongSecret } from '../example.ts';
import { Front } from '../front.ts';

/** The suite of the example `refresh`. */
export function refresh(example: Example): void {
  // These programs have no parallel callers within a process: several processes share the file.
  const sharesFile = ['curl', 'php'].includes(example.toolchain.language);
  describe('refresh', () => {
    async function prepare() {
      const application = await newApplication(example.site, { refreshPolicy: 'rotate' });
      const tokens = await obtainTokens(example.site, application, example.person);
      const front = await Front.before(example.site);
      const cwd = mkdtempSync(join(example.home, 'refresh-'));
      const file = join(cwd, 'insiders-tokens.json');
      const values = { ...credentials(application), INSIDERS_URL: front.url };
      const first = { ...values, REFRESH_TOKEN: tokens.refresh_token };
      const refreshes = () => front.seen.filter((line) => line === 'POST /oauth2/token/').length;
      return { application, tokens, cwd, file, values, first, refreshes };
    }
    const stored = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Tokens & { expires_at: number };
    const setExpiry = (file: string, seconds: number) => {
      const expires_at = Math.floor(Date.now() / 1000) + seconds;
      writeFileSync(file, JSON.stringify({ ...stored(file), expires_at }));
    };

    it('refreshes once for all its callers, and makes its file readable for its owner only', async () => {
      const { tokens, cwd, file, first, refreshes } = await prepare();
      const ended = await example.run('refresh', first, cwd);
      expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/You currently own 2 devices\.\n$/) });
      expect((ended.stdout + ended.stderr).match(/Refreshed: good for 36000 s/g)).toHaveLength(1);
      if (!sharesFile) expect(ended.stdout).toContain('Access tokens of 3 parallel callers: 1\n');
      expect(refreshes()).toBe(1);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const { access_token, refresh_token, expires_at } = stored(file);
      expect(refresh_token).not.toBe(tokens.refresh_token);
      expect(Math.abs(expires_at - Date.now() / 1000 - 36_000)).toBeLessThan(120);
      for (const secret of [access_token, refresh_token, tokens.refresh_token]) {
        expect(ended.stdout + ended.stderr).not.toContain(secret);
      }
    });

    it('refreshes five minutes before the expiry, with the last refresh token from its file', async () => {
      const { cwd, file, values, first, refreshes } = await prepare();
      await example.run('refresh', first, cwd);
      const before = stored(file).refresh_token;
      setExpiry(file, 400);
      expect((await example.run('refresh', values, cwd)).code).toBe(0);
      expect(refreshes()).toBe(1);
      setExpiry(file, 290);
      expect((await example.run('refresh', first, cwd)).code).toBe(0);
      expect(refreshes()).toBe(2);
      expect(stored(file).refresh_token).not.toBe(before);
      expect(statSync(file).mode & 0o777).toBe(0o600);
    });

    it.runIf(sharesFile)('refreshes once for parallel processes', async () => {
      const { cwd, first, refreshes } = await prepare();
      const all = await Promise.all([1, 2, 3].map(() => example.run('refresh', first, cwd)));
      expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
      expect(refreshes()).toBe(1);
    });

    it('says that the user must authorize again, and deletes tokens that were revoked', async () => {
      const { application, cwd, file, values, first } = await prepare();
      await example.run('refresh', first, cwd);
      const { refresh_token } = stored(file);
      await example.run('revoke', { ...credentials(application), REFRESH_TOKEN: refresh_token });
      setExpiry(file, 0);
      expectFailure(
        await example.run('refresh', values, cwd),
        /^[Tt]he user must authorize again \(invalid_grant: \w+/,
      );
      expect(existsSync(file)).toBe(false);
      expectFailure(await example.run('refresh', values, cwd), /REFRESH_TOKEN/);
    });

    it('says that the secret is wrong, and keeps the tokens', async () => {
      const { application, cwd, file, first } = await prepare();
      await example.run('refresh', first, cwd);
      setExpiry(file, 0);
      const ended = await example.run('refresh', credentials(application, wrongSecret), cwd);
      expectFailure(ended, /^\/oauth2\/token\/ answered 401: invalid_client: \w+/);
      expect(existsSync(file)).toBe(true);
    });
  });
}
