import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/load.ts';
import type { Store } from '../../ports/store/index.ts';
import { systemRandom } from '../../system/random.ts';
import type { UseCaseContext } from '../../use-cases/context.ts';
import { CommandError } from '../command.ts';
import { useCaseContextOn } from '../use-cases.ts';
import { addApplication } from './application-create.ts';
import { addFromCommandLine } from './device.ts';
import { addAccount } from './user-create.ts';

/** The credentials of the demo, kept in `demo.json` so that later starts can print them. Only its owner can read it. */
interface Demo {
  readonly administrator: Login;
  readonly manager: Login;
  readonly code: Credentials;
  readonly password: Credentials;
}

interface Login {
  readonly email: string;
  readonly password: string;
}

interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The callback of the examples in the documentation. */
const demoCallback = 'http://127.0.0.1:8000/authorized/';

const devices = [
  { serialNumber: '012345', deviceName: 'a1b2c3d4e5f8' },
  { serialNumber: '012346', deviceName: 'a1b2c3d4e5f9' },
  { serialNumber: '012347', deviceName: 'a1b2c3d4e5fa' },
];
/** A device that the demo manager owned before. */
const earlierDevice = { serialNumber: '012340', deviceName: 'a1b2c3d4e5e0' };

/** Creates the accounts, applications and devices of the demo at the first start. Returns the text to print. */
export async function prepareDemo(config: Config, store: Store): Promise<string> {
  const file = join(config.dataDir, 'demo.json');
  const known = readDemo(file);
  if (known !== undefined) return demoText(config.publicUrl, known);
  const demo = await createDemo(useCaseContextOn(store, config));
  writeDemo(file, demo);
  return demoText(config.publicUrl, demo);
}

/**
 * An interrupted first start leaves accounts whose passwords were never printed. So if there are accounts already, the
 * email addresses get a random suffix.
 */
async function createDemo(context: UseCaseContext): Promise<Demo> {
  const { store } = context;
  const suffix =
    (await store.users.count()) === 0
      ? ''
      : `-${systemRandom
          .text(6)
          .toLowerCase()
          .replace(/[^a-z0-9]/g, '0')}`;
  const administrator = await createLogin(store, `admin${suffix}@insiders.example`, ['Ada', 'Administrator'], true);
  const manager = await createLogin(store, `manager${suffix}@insiders.example`, ['Mia', 'Manager'], false);
  for (const device of devices) await ignoreRefused(addFromCommandLine(context, { ...device, owner: manager.email }));
  await ignoreRefused(addEarlierDevice(context, manager.email));
  const code = await createApplication(store, 'Demo AMS', 'authorization_code', [demoCallback]);
  const password = await createApplication(store, 'Demo AMS (password)', 'password', []);
  return { administrator, manager, code, password };
}

async function createLogin(store: Store, email: string, [firstName, lastName]: [string, string], admin: boolean) {
  const password = systemRandom.text(12);
  await addAccount(store, { email, firstName, lastName, password, admin });
  return { email, password };
}

async function addEarlierDevice(context: UseCaseContext, owner: string): Promise<void> {
  const { store } = context;
  const deviceId = await addFromCommandLine(context, { ...earlierDevice, owner });
  const user = await store.users.findByEmail(owner);
  if (user !== undefined) await store.devices.release({ userId: user.id, deviceId, now: context.now });
}

async function createApplication(store: Store, name: string, grantType: string, redirectUris: readonly string[]) {
  const request = {
    name,
    ownerName: 'Demo Analytics',
    website: 'https://ams.example',
    grantType,
    redirectUris,
    isPublic: false,
  };
  const { clientId, secret } = await addApplication(store, request);
  return { clientId, clientSecret: secret ?? '' };
}

/** An earlier first start that was interrupted may have registered the device: then its command is refused. */
async function ignoreRefused(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
  });
}

function readDemo(file: string): Demo | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Demo;
  } catch {
    return undefined;
  }
}

function writeDemo(file: string, demo: Demo): void {
  const handle = openSync(`${file}.new`, 'w', 0o600);
  writeSync(handle, `${JSON.stringify(demo, null, 2)}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(`${file}.new`, file);
}

/** The text that a start with demo data prints: accounts, applications, and requests to try. */
function demoText(publicUrl: string, demo: Demo): string {
  const { administrator, manager, code, password } = demo;
  return `
  Insiders, with demo data

  Open        ${publicUrl}/
  Log in as   ${manager.email}   ${manager.password}   (a manager, owns 3 devices and owned 1 before)
              ${administrator.email}   ${administrator.password}   (an administrator)

  One application for each grant type
    authorization_code   client_id      ${code.clientId}
                         client_secret  ${code.clientSecret}
                         callback       ${demoCallback}
    password             client_id      ${password.clientId}
                         client_secret  ${password.clientSecret}

  Request a token (password grant)

curl -sS -u '${password.clientId}:${password.clientSecret}' -d grant_type=password -d 'username=${manager.email}' --data-urlencode 'password=${manager.password}' ${publicUrl}/oauth2/token/

  Authorize an application (authorization code grant), in a browser

${publicUrl}/oauth2/authorize/?client_id=${code.clientId}&response_type=code&redirect_uri=http%3A//127.0.0.1%3A8000/authorized/&state=demo

`;
}
