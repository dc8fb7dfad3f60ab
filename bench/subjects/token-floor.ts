/** The compute floor of the token endpoint. */
import { loadConfig } from '../../src/config/load.ts';
import { serveTokens } from './token-server.ts';

await serveTokens(loadConfig(process.env), () => {});
