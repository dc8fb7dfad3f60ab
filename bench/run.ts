/**
 * `npm run bench`: every subject in turn, several rounds, in one run. The subjects share one core and the load has the other, so what is
 * compared is the work for a request. Figures are ratios within a round; absolute rates say as much about the machine.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memory, product } from '../scripts/install.mjs';
import { client, codeText, emailOf, fill, passwordClient, person, redirectUri, refreshText } from './data.ts';
import { basic, form, type Load, rate } from './load.ts';
import { report } from './report.ts';
import { canPin, origin, start } from './server.ts';

const rounds = Number(process.env.ROUNDS ?? 5);
const seconds = Number(process.env.SECONDS ?? 3);
const many = Number(process.env.AUTHORIZATIONS ?? 1_000_000);
const few = 1000;
/** Enough for every round, its warm-up included. */
const codes = 15_000 * (rounds + 1) * (seconds + 1);

const folder = mkdtempSync(join(tmpdir(), 'insiders-bench-'));
const dataDirs = { few: join(folder, 'few'), many: join(folder, 'many'), commits: join(folder, 'commits') };
for (const dir of Object.values(dataDirs)) mkdirSync(dir, { mode: 0o700 });

const say = (text: string) => process.stderr.write(`${text}\n`);
say(`${rounds} rounds of ${seconds} s${canPin ? '' : '; processes cannot be tied to a core here'}`);
say(`Filling a database with ${few} authorizations, and one with ${many} …`);
await fill(dataDirs.few, few, codes);
await fill(dataDirs.many, many, codes);

say('Starting the subjects …');
const data = (dir: string) => ({ INSIDERS_DATA_DIR: dir });
const serve = [...product, 'serve'];
/** Its floors run with the flags of the product, else they would be measured against another memory. */
const floor = (name: string) => [...memory, `bench/subjects/${name}.ts`];
const servers = {
  floor: await start(floor('token-floor'), 8201, {}),
  commits: await start(floor('commit-floor'), 8202, data(dataDirs.commits)),
  few: await start(serve, 8203, data(dataDirs.few)),
  many: await start(serve, 8204, data(dataDirs.many)),
  unguarded: await start(floor('devices-unguarded'), 8205, data(dataDirs.few)),
  peer: await start(['bench/subjects/oidc-provider.ts'], 8206, {}),
};

const loads = await prepareLoads();
say('Warming up …');
for (const load of Object.values(loads)) await rate(load, seconds);
const rates: Record<string, number[]> = {};
for (let round = 1; round <= rounds; round += 1) {
  for (const [name, load] of Object.entries(loads)) {
    // One short run first: what was idle for a minute is cold.
    await rate(load, 1);
    const measured = await rate(load, seconds);
    rates[name] = [...(rates[name] ?? []), measured];
    say(`round ${round}/${rounds}  ${name.padEnd(24)} ${Math.round(measured)} /s`);
  }
}
const rss = servers.few.rss();
await Promise.all(Object.values(servers).map((server) => server.stop()));

say('Measuring starts …');
const starts: number[] = [];
for (let index = 0; index < 5; index += 1) {
  // As it starts in real life, on all cores.
  const server = await start(serve, 8207, data(dataDirs.few), '0-1');
  starts.push(server.firstAnswerMs);
  await server.stop();
}
rmSync(folder, { recursive: true });
process.exitCode = report({ rates, starts, rss, many, few }) ? 0 : 1;

async function prepareLoads(): Promise<Record<string, Load>> {
  const { refreshToken = '' } = await servers.peer.message;
  const bearer = await accessToken(servers.few.port);
  return {
    'token floor': token(servers.floor.port, '/oauth2/token/', client, refreshOf(0)),
    refresh: token(servers.few.port, '/oauth2/token/', client, refreshOf(0)),
    'refresh, many': token(servers.many.port, '/oauth2/token/', client, refreshOf(0)),
    'refresh, oidc-provider': token(servers.peer.port, '/token', client, () =>
      form({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    ),
    'commit floor': token(servers.commits.port, '/oauth2/token/', client, refreshOf(0)),
    'code exchange': token(servers.few.port, '/oauth2/token/', client, codesInTurn()),
    'code exchange, many': token(servers.many.port, '/oauth2/token/', client, codesInTurn()),
    'devices, unguarded': devices(servers.unguarded.port, bearer),
    devices: devices(servers.few.port, bearer),
    'devices, many': devices(servers.many.port, await accessToken(servers.many.port)),
    'password grant': token(servers.few.port, '/oauth2/token/', passwordClient, passwordsInTurn()),
  };
}

function token(port: number, path: string, who: typeof client, nextBody: () => string): Load {
  const headers = { authorization: basic(who), 'content-type': 'application/x-www-form-urlencoded' };
  return { url: `${origin(port)}${path}`, method: 'POST', headers, nextBody };
}

function devices(port: number, accessToken: string): Load {
  const headers = { authorization: `Bearer ${accessToken}` };
  return { url: `${origin(port)}/api/v1/devices/?current=True`, method: 'GET', headers };
}

function refreshOf(index: number): () => string {
  const body = form({ grant_type: 'refresh_token', refresh_token: refreshText(index) });
  return () => body;
}

function codesInTurn(): () => string {
  let next = 0;
  return () => {
    const code = codeText(next);
    next += 1;
    return form({ grant_type: 'authorization_code', code, redirect_uri: redirectUri });
  };
}

/** Attempts that are alike and under way together share one check, so each is another person's. */
function passwordsInTurn(): () => string {
  let next = 0;
  return () => {
    next = (next + 1) % few;
    return form({ grant_type: 'password', username: emailOf(next), password: person.password });
  };
}

async function accessToken(port: number): Promise<string> {
  const response = await fetch(`${origin(port)}/oauth2/token/`, {
    method: 'POST',
    headers: { authorization: basic(passwordClient), 'content-type': 'application/x-www-form-urlencoded' },
    body: form({ grant_type: 'password', username: person.email, password: person.password }),
  });
  const { access_token: text } = (await response.json()) as { access_token: string };
  return text;
}
