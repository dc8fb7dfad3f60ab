/**
 * `npm run bench`: measures every subject in turn, in several rounds. The subjects share one core, all but the measured
 * one are paused, and the load has the other core: this compares the work for a request. The figures are ratios within
 * a round, because absolute rates depend on the machine. Prints Markdown; with `--write` it replaces the last result in
 * docs/benchmark.md. Exits with 1 if a goal is missed. Fails without a result if a request or response is wrong.
 */
import { mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { memory, product } from '../scripts/install.mjs';
import { newTemporaryDirectory } from './cleanup.ts';
import { fill, type Size } from './data.ts';
import { check, type Load, measure } from './load.ts';
import * as loads from './loads.ts';
import { openDocument } from './page.ts';
import { type Figures, report } from './report.ts';
import { canPin, type Server, start } from './server.ts';
import { settings } from './settings.ts';
import { people, secretKeys } from './texts.ts';

const { rounds, seconds, sustained } = settings;
/** Warm-up of subjects that record uses: the interval at which uses are written, so that writes are at full rate. */
const warmUpSeconds = Math.min(10, seconds);
const sliceSeconds = 5;
/** Enough for every round, its warm-up and the check of the responses: one core redeems less. */
const codes = 20_000 * (rounds * (seconds + 1) + 2);
const few: Size = { applications: 1, codes };
const many: Size = { applications: Math.max(1, Math.floor(settings.authorizations / people)), codes };

interface Subject {
  readonly server: Server;
  readonly load: Load;
  /** It writes uses in intervals, so its warm-up is as long as an interval. */
  readonly recordsUses?: boolean;
}

const document = openDocument(process.argv.includes('--write'));
const busyBefore = loadavg()[0] ?? Number.NaN;
const startedAt = performance.now();
const log = (text: string) => process.stderr.write(`${text}\n`);
const folder = newTemporaryDirectory('bench');
const dataDirs = { few: join(folder, 'few'), many: join(folder, 'many'), commits: join(folder, 'commits') };
for (const dir of Object.values(dataDirs)) mkdirSync(dir, { mode: 0o700 });

log(`${rounds} rounds of ${seconds} s${canPin ? '' : '; processes cannot be tied to a core here'}`);
log(
  `Filling a database with ${people * few.applications} authorizations, and one with ${people * many.applications} …`,
);
await fill(dataDirs.few, few);
await fill(dataDirs.many, many);

log('Starting the subjects …');
const data = (dir: string) => ({ INSIDERS_DATA_DIR: dir, INSIDERS_SECRET_KEYS: secretKeys });
const serve = [...product, 'serve'];
/** The floors run with the memory flags of the product, to be comparable. */
const floor = (name: string) => [...memory, `bench/subjects/${name}.ts`];
const servers = {
  floor: await start(floor('token-floor'), 8201, {}),
  commits: await start(floor('commit-floor'), 8202, data(dataDirs.commits)),
  few: await start(serve, 8203, data(dataDirs.few)),
  many: await start(serve, 8204, data(dataDirs.many)),
  unguarded: await start(floor('devices-unguarded'), 8205, data(dataDirs.few)),
  peer: await start(['bench/subjects/oidc-provider.ts'], 8206, {}),
};
const all = Object.values(servers);
const { port } = servers.few;
const subjects: Readonly<Record<string, Subject>> = {
  'token floor': { server: servers.floor, load: loads.refreshes(servers.floor.port, few) },
  refresh: { server: servers.few, load: loads.refreshes(port, few), recordsUses: true },
  'refresh, one token': { server: servers.few, load: loads.refreshesOfOne(port, few) },
  'refresh, many': { server: servers.many, load: loads.refreshes(servers.many.port, many), recordsUses: true },
  'refresh, oidc-provider': { server: servers.peer, load: loads.refreshesAtPeer(servers.peer.port) },
  'commit floor': { server: servers.commits, load: loads.refreshes(servers.commits.port, few) },
  'code exchange': { server: servers.few, load: loads.exchanges(port, few) },
  'code exchange, many': { server: servers.many, load: loads.exchanges(servers.many.port, many) },
  'devices, unguarded': { server: servers.unguarded, load: loads.unguardedDeviceLists(servers.unguarded.port, few) },
  devices: { server: servers.few, load: loads.deviceLists(port, few), recordsUses: true },
  'devices, many': { server: servers.many, load: loads.deviceLists(servers.many.port, many), recordsUses: true },
  'password grant': { server: servers.few, load: loads.logIns(port) },
};

for (const server of all) server.pause();
log('Checking the responses …');
for (const { server, load } of Object.values(subjects)) await runAlone(server, () => check(load, 1));
const figures: Record<string, Figures> = {};
for (let round = 1; round <= rounds; round += 1) {
  for (const [name, subject] of Object.entries(subjects)) {
    const figure = await runAlone(subject.server, () => measureSubject(subject));
    const known = figures[name] ?? { rounds: [], sent: new Set<string>() };
    figures[name] = { rounds: [...known.rounds, figure], sent: new Set([...known.sent, ...figure.sent]) };
    log(`round ${round}/${rounds}  ${name.padEnd(24)} ${Math.round(figure.perSecond)} /s`);
  }
}
const slices: Record<string, readonly number[]> = {};
for (const name of ['refresh', 'refresh, oidc-provider']) {
  const subject = subjects[name];
  if (subject === undefined) throw new Error(`There is no subject ${name}`);
  log(`${name}: ${sustained} s without a pause …`);
  slices[name] = await runAlone(subject.server, () => slicesOf(subject));
}
const rss = { product: servers.few.rss(), peer: servers.peer.rss() };
await Promise.all(all.map((server) => server.stop()));

log('Measuring starts …');
const starts: number[] = [];
for (let index = 0; index < 5; index += 1) {
  // On all cores, as in production.
  const server = await start(serve, 8207, data(dataDirs.few), '0-1');
  starts.push(server.firstResponseMs);
  await server.stop();
}
const minutes = (performance.now() - startedAt) / 60_000;
const sizes = { few: people * few.applications, many: people * many.applications };
const { markdown, met } = report({ figures, slices, sliceSeconds, starts, rss, sizes, minutes, busyBefore });
process.stdout.write(`\n${markdown}`);
document?.write(markdown);
process.exit(met ? 0 : 1);

/** Resumes a subject for `work`, while all others are paused. */
async function runAlone<Result>(server: Server, work: () => Promise<Result>): Promise<Result> {
  server.resume();
  try {
    return await work();
  } finally {
    server.pause();
  }
}

async function measureSubject({ server, load, recordsUses }: Subject) {
  // Warm up after the pause.
  await measure(load, recordsUses === true ? warmUpSeconds : 1);
  const before = server.used();
  const result = await measure(load, seconds);
  const after = server.used();
  return {
    ...result,
    cpuSeconds: after.cpuSeconds - before.cpuSeconds,
    writtenBytes: after.writtenBytes - before.writtenBytes,
  };
}

async function slicesOf({ load }: Subject): Promise<readonly number[]> {
  await measure(load, warmUpSeconds);
  const rates: number[] = [];
  for (let at = 0; at < sustained; at += sliceSeconds) rates.push((await measure(load, sliceSeconds)).perSecond);
  return rates;
}
