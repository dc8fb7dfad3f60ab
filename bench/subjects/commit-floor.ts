/** One durable SQLite commit for each request, on the main thread: what a server does that does not share commits. */
import { DatabaseSync } from 'node:sqlite';
import Fastify from 'fastify';
import { loadConfig } from '../../src/config/load.ts';
import { systemRandom as random } from '../../src/system/random.ts';

const config = loadConfig(process.env);
const db = new DatabaseSync(`${config.dataDir}/commit-floor.db`);
db.exec(
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS tokens (hash TEXT PRIMARY KEY, at INTEGER)',
);
const insert = db.prepare('INSERT INTO tokens (hash, at) VALUES (?, ?)');

const app = Fastify();
app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
  done(null, body),
);
app.post('/oauth2/token/', async () => {
  const token = random.text(32);
  insert.run(token, Date.now());
  return { access_token: token, expires_in: 36_000, token_type: 'Bearer', scope: 'all', refresh_token: token };
});
await app.listen({ host: config.host, port: config.port });
