import { describe, expect, it } from 'vitest';
import { authorizeAt } from '../../support/oauth.ts';
import { type RunningProcess, startProcess, waitForOutput } from '../../support/processes/processes.ts';
import { newApplication, uniqueText } from '../../support/site/fixtures.ts';
import { credentials, type Example, expectFailure, wrongSecret } from '../example.ts';

/** The suite of a script without pages: the user copies the callback address from the browser to its input. */
export function authorizationCodeScript(example: Example): void {
  describe('authorization-code', () => {
    async function begin(secret?: string): Promise<{ readonly program: RunningProcess; readonly address: string }> {
      const application = await newApplication(example.site, { redirectUris: ['http://127.0.0.1:8000/authorized/'] });
      const values = credentials(application, secret);
      const program = startProcess(example.command('authorization-code'), example.options(values));
      return { program, address: await waitForOutput(program, /http:\S+challenge_method=S256(?=\n)/) };
    }

    it('prints an address, and reads the callback address', async () => {
      const { program, address } = await begin();
      program.write((await authorizeAt(example.site, address, example.person)).href);
      const { code, stdout, stderr } = await program.ended;
      expect(stderr).toBe('');
      expect(stdout).toMatch(/Success\nYou currently own 2 devices\.\n$/);
      expect(code).toBe(0);
    });

    it('says that access was denied', async () => {
      const { program, address } = await begin();
      program.write((await authorizeAt(example.site, address, example.person, 'deny')).href);
      expectFailure(await program.ended, /^access_denied: \w+/);
    });

    it('refuses a wrong state', async () => {
      const { program, address } = await begin();
      const callback = await authorizeAt(example.site, address, example.person);
      callback.searchParams.set('state', uniqueText());
      program.write(callback.href);
      expectFailure(await program.ended, /The state is wrong/);
    });

    it('says that the secret is wrong', async () => {
      const { program, address } = await begin(wrongSecret);
      program.write((await authorizeAt(example.site, address, example.person)).href);
      expectFailure(await program.ended, /^\/oauth2\/token\/ answered 401: invalid_client: \w+/);
    });
  });
}
