import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTemporaryDirectory } from '../support/cleanup.ts';
import { newDevice, newPerson, type Person } from '../support/people.ts';
import { newSite } from '../support/server.ts';
import { Example } from './example.ts';
import { authorizationCode } from './suites/authorization-code.ts';
import { authorizationCodeScript } from './suites/authorization-code-script.ts';
import { paging } from './suites/paging.ts';
import { password } from './suites/password.ts';
import { refresh } from './suites/refresh.ts';
import { revoke } from './suites/revoke.ts';
import { build, isThere, toolchains } from './toolchains.ts';

/** The programs as they are shipped, each as a process that knows nothing but its environment. */
describe('the example programs', () => {
  const site = newSite();
  const home = newTemporaryDirectory('examples');
  const examples: Example[] = [];
  const skipped: string[] = [];
  let person: Person;

  beforeAll(async () => {
    await site.start();
    person = await newPerson(site);
    for (const _ of [1, 2]) await newDevice(site, person);
    const { id: deviceId } = await newDevice(site, person);
    await site.store.devices.release({ userId: person.id, deviceId, now: Date.now() });
  });
  afterAll(async () => {
    await site.stop();
    const lines = examples.map(({ toolchain, ran }) => `${toolchain.language}: ${[...ran].join(', ')}`);
    const missing = skipped.length === 0 ? '' : `\n  skipped, because what runs them is missing: ${skipped.join(', ')}`;
    console.log(`Examples that ran\n  ${lines.join('\n  ')}${missing}`);
  });

  for (const toolchain of toolchains) {
    const { language } = toolchain;
    const there = isThere(toolchain, home);
    if (toolchain.required) {
      it(`what runs ${language} is there`, () => expect(there, toolchain.probe.join(' ')).toBe(true));
    }
    if (!there) {
      skipped.push(language);
      if (!toolchain.required) it.skip(`what runs ${language} is missing`);
      continue;
    }
    const example = new Example(toolchain, site, home, () => person);
    examples.push(example);
    // Virtual machines start slowly where there is much else to do.
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
