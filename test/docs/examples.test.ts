import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTemporaryDirectory } from '../support/processes/cleanup.ts';
import { newDevice, newUser, type TestUser } from '../support/site/fixtures.ts';
import { newTestServer } from '../support/site/site.ts';
import { Example } from './example.ts';
import { authorizationCode } from './suites/authorization-code.ts';
import { authorizationCodeScript } from './suites/authorization-code-script.ts';
import { paging } from './suites/paging.ts';
import { password } from './suites/password.ts';
import { refresh } from './suites/refresh.ts';
import { revoke } from './suites/revoke.ts';
import { build, isInstalled, toolchains } from './toolchains.ts';

/** Runs the programs as they are shipped, each as a process with a minimal environment. */
describe('the example programs', () => {
  const site = newTestServer();
  const home = newTemporaryDirectory('examples');
  const examples: Example[] = [];
  const skipped: string[] = [];
  let person: TestUser;

  beforeAll(async () => {
    await site.start();
    person = await newUser(site);
    for (const _ of [1, 2]) await newDevice(site, person);
    const { id: deviceId } = await newDevice(site, person);
    await site.store.devices.release({ userId: person.id, deviceId, now: Date.now() });
  });
  afterAll(async () => {
    await site.stop();
    const lines = examples.map(({ toolchain, ran }) => `${toolchain.language}: ${[...ran].join(', ')}`);
    const missing =
      skipped.length === 0 ? '' : `\n  skipped, because their toolchain is missing: ${skipped.join(', ')}`;
    console.log(`Examples that ran\n  ${lines.join('\n  ')}${missing}`);
  });

  for (const toolchain of toolchains) {
    const { language } = toolchain;
    const installed = isInstalled(toolchain, home);
    if (toolchain.required) {
      it(`the toolchain of ${language} is installed`, () => expect(installed, toolchain.probe.join(' ')).toBe(true));
    }
    if (!installed) {
      skipped.push(language);
      if (!toolchain.required) it.skip(`the toolchain of ${language} is missing`);
      continue;
    }
    const example = new Example(toolchain, site, home, () => person);
    examples.push(example);
    // Virtual machines start slowly on a busy machine.
    describe(language, { timeout: 90_000 }, () => programs(example));
  }
});

function programs(example: Example): void {
  const { toolchain, home } = example;
  beforeAll(() => build(toolchain, home), 300_000);

  if (toolchain.language === 'curl') authorizationCodeScript(example);
  else authorizationCode(example, 'authorization-code');
  if (toolchain.language === 'typescript') authorizationCode(example, 'authorization-code-openid-client');
  password(example);
  refresh(example);
  revoke(example);
  paging(example);
}
