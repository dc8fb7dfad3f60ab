import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { programFolder } from '../config/program.ts';

const folder = `${programFolder}/src/pages/assets/`;
const fontFolder = `${programFolder}/node_modules/@fontsource-variable/inter/files/`;
const fonts = ['inter-latin-wght-normal.woff2', 'inter-latin-ext-wght-normal.woff2'];
const fingerprints = new Map<string, string>();

/** The address of an asset. It changes with its content, so that browsers may keep it for ever. */
export function assetUrl(name: string): string {
  return `/assets/${name}?v=${fingerprintOf(name)}`;
}

function fingerprintOf(name: string): string {
  const known = fingerprints.get(name);
  if (known !== undefined) return known;
  const fingerprint = createHash('sha256').update(contentOf(name)).digest('base64url').slice(0, 10);
  fingerprints.set(name, fingerprint);
  return fingerprint;
}

function contentOf(name: string): Buffer | string {
  if (name === sheetName) return sheet();
  const file = `${folder}${name}`;
  return existsSync(file) ? readFileSync(file) : '';
}

const sheetName = 'app.css';
let wholeSheet: string | undefined;

/** The one sheet of the site: the files of `assets/styles/`, in the order of their names. */
function sheet(): string {
  const styles = `${folder}styles/`;
  wholeSheet ??= readdirSync(styles)
    .sort()
    .map((name) => readFileSync(`${styles}${name}`, 'utf8'))
    .join('\n');
  return wholeSheet;
}

/** Serves styles, scripts, pictures and the typeface: these files by name, and nothing else. */
export function registerAssets(app: FastifyInstance): void {
  app.register(fastifyStatic, { root: folder, serve: false });
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { name } of names) serveFile(app, name, folder);
  serveSheet(app);
  for (const name of fonts) serveFile(app, name, fontFolder);
}

function serveSheet(app: FastifyInstance): void {
  app.get(`/assets/${sheetName}`, async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'public, max-age=31536000, immutable');
    return reply.type('text/css; charset=utf-8').send(sheet());
  });
}

function serveFile(app: FastifyInstance, name: string, root: string): void {
  app.get(`/assets/${name}`, async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    return reply.sendFile(name, root, { maxAge: '365d', immutable: true });
  });
}
