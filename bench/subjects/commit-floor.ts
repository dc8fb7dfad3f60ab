/**
 * The token endpoint with one durable SQLite commit for each request, on the main thread: the floor for a server
 * without group commit.
 */
import { DatabaseSync } from 'node:sqlite';
import { loadConfig } from '../../src/config/load.ts';
import { systemRandom as random } from '../../src/system/random.ts';
import { serveTokens } from './token-server.ts';

const config = loadConfig(process.env);
const db = new DatabaseSync(`${config.dataDir}/commit-floor.db`);
db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
db.exec('CREATE TABLE IF NOT EXISTS tokens (hash TEXT PRIMARY KEY, at INTEGER)');
const insert = db.prepare('INSERT INTO tokens (hash, at) VALUES (?, ?)');
await serveTokens(config, () => void insert.run(random.text(32), Date.now()));
