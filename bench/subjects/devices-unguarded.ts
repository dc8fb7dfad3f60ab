/**
 * The API with a guard that checks nothing and takes each request for one of the next owner: the cost of the devices
 * list without the bearer check.
 */
import { Registry } from 'prom-client';
import { registerApi } from '../../src/api/index.ts';
import { apiProblem } from '../../src/api/problems.ts';
import { loadConfig } from '../../src/config/load.ts';
import { observeRequests } from '../../src/endpoints/metrics.ts';
import { createServer } from '../../src/http/server.ts';
import { openStore } from '../../src/storage/open.ts';
import { systemClock as clock } from '../../src/system/clock.ts';
import { client, emailOf, owners, shuffled, userIdOf } from '../texts.ts';

const config = loadConfig(process.env);
const store = await openStore({ dataDir: config.dataDir });
const principals = shuffled(owners).map((owner) => ({
  userId: userIdOf(owner),
  userEmail: emailOf(owner),
  applicationId: client.id,
  clientId: client.id,
  sandbox: false,
  scope: 'all',
  familyId: 'none',
}));
let requests = 0;
const server = createServer(config, { forPages: apiProblem, forApi: apiProblem, forPrograms: apiProblem });
observeRequests(server, new Registry());
registerApi(server, {
  store,
  clock,
  guard: async (request) => {
    const principal = principals[requests % owners];
    requests += 1;
    if (principal !== undefined) request.principal = principal;
  },
  requestsPerMinute: 0,
  publicUrl: config.publicUrl,
});
await server.listen({ host: config.host, port: config.port });
