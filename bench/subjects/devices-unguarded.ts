/** The API as it is, with a guard that looks at nothing: what the devices list costs without the bearer check. */
import { Registry } from 'prom-client';
import { registerApi } from '../../src/api/index.ts';
import { apiProblem } from '../../src/api/problems.ts';
import { loadConfig } from '../../src/config/load.ts';
import { observeRequests } from '../../src/endpoints/metrics.ts';
import { createServer } from '../../src/http/server.ts';
import { openStore } from '../../src/storage/open.ts';
import { systemClock as clock } from '../../src/system/clock.ts';
import { client, person } from '../data.ts';

const config = loadConfig(process.env);
const store = await openStore({ dataDir: config.dataDir });
const user = await store.users.findByEmail(person.email);
if (user === undefined) throw new Error('The database is not filled');
const principal = {
  userId: user.id,
  userEmail: user.email,
  applicationId: client.id,
  clientId: client.id,
  sandbox: false,
  scope: 'all',
  familyId: 'none',
};
const server = createServer(config, { forPages: apiProblem, forApi: apiProblem, forPrograms: apiProblem });
observeRequests(server, new Registry());
registerApi(server, {
  store,
  clock,
  guard: async (request) => {
    request.principal = principal;
  },
  requestsPerMinute: 0,
  publicUrl: config.publicUrl,
});
await server.listen({ host: config.host, port: config.port });
