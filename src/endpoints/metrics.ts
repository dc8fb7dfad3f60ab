import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { responseHeaders } from '../http/headers.ts';
import { refuseOtherMethods } from '../http/methods.ts';
import { Problem } from '../http/problem.ts';
import type { Services } from '../http/services.ts';
import { equalDigests } from '../oauth/formats/digest.ts';

/**
 * `GET /metrics` in Prometheus' text format, for whoever has the metrics token, or without one for callers on this
 * machine.
 */
export function metricsEndpoint(app: FastifyInstance, services: Services): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  observeRequests(app, registry);
  app.get('/metrics', async (request, reply) => {
    if (!mayRead(request, services.config.metricsToken)) throw new Problem(404, 'not_found', 'There is nothing here');
    responseHeaders(reply);
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  refuseOtherMethods(app, '/metrics', ['GET']);
}

/** Counts the requests of `app` and how long they took, from now on. */
export function observeRequests(app: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'insiders_http_request_seconds',
    help: 'Time to answer a request, by route, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  // Finding a counter by its labels costs more than counting, so each is found once. Routes and methods are ours, so
  // there are few.
  const counters = new Map<string, ReturnType<typeof durations.labels>>();
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const key = `${route} ${request.method} ${reply.statusCode}`;
    let counter = counters.get(key);
    if (counter === undefined) {
      counter = durations.labels({ route, method: request.method, status: reply.statusCode });
      counters.set(key, counter);
    }
    counter.observe(reply.elapsedTime / 1000);
    done();
  });
}

function mayRead(request: FastifyRequest, token: string | null): boolean {
  if (token !== null) return equalDigests(request.headers.authorization ?? '', `Bearer ${token}`);
  return isFromHere(request);
}

/**
 * Behind a proxy on this machine everybody comes from this machine; what they ask for then is another host, or was
 * forwarded.
 */
function isFromHere({ headers, socket }: FastifyRequest): boolean {
  if ('forwarded' in headers || 'x-forwarded-for' in headers || 'via' in headers) return false;
  const asksHere = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? '');
  return asksHere && (socket.remoteAddress === '127.0.0.1' || socket.remoteAddress === '::1');
}
