import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { programFolder } from '../config/program.ts';

const folder = `${programFolder}/src/pages/assets/`;
const fontFolder = `${programFolder}/node_modules/@fontsource-variable/inter/files/`;
const fonts = ['inter-latin-wght-normal.woff2', 'inter-latin-ext-wght-normal.woff2'];
const fingerprints = new Map<string, string>();

/** The URL of an asset. Its query is a hash of the content, so browsers may cache it without limit. */
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
  if (name === styleSheetName) return styleSheet();
  const file = `${folder}${name}`;
  return existsSync(file) ? readFileSync(file) : '';
}

const styleSheetName = 'app.css';
let styleSheetText: string | undefined;

/** The style sheet of the site: the files of `assets/styles/`, joined in the order of their names. */
function styleSheet(): string {
  const styles = `${folder}styles/`;
  styleSheetText ??= readdirSync(styles)
    .sort()
    .map((name) => readFileSync(`${styles}${name}`, 'utf8'))
    .join('\n');
  return styleSheetText;
}

/** Adds a route for each asset and font file. There is no route for other paths, so no path can leave the folders. */
export function registerAssets(app: FastifyInstance): void {
  app.register(fastifyStatic, { root: folder, serve: false });
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { name } of names) serveFile(app, name, folder);
  serveStyleSheet(app);
  for (const name of fonts) serveFile(app, name, fontFolder);
}

function serveStyleSheet(app: FastifyInstance): void {
  app.get(`/assets/${styleSheetName}`, async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('cache-control', 'public, max-age=31536000, immutable');
    return reply.type('text/css; charset=utf-8').send(styleSheet());
  });
}

function serveFile(app: FastifyInstance, name: string, root: string): void {
  app.get(`/assets/${name}`, async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    return reply.sendFile(name, root, { maxAge: '365d', immutable: true });
  });
}
