import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { responseHeaders } from '../http/headers.ts';
import { refuseOtherMethods } from '../http/methods.ts';
import { Problem } from '../http/problem.ts';
import type { Services } from '../http/services.ts';
import { equalDigests } from '../oauth/formats/digest.ts';

/**
 * `GET /metrics` in Prometheus' text format. With a metrics token set, only for callers that send it; otherwise only
 * for callers on this machine. Others get 404.
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

/** Measures the durations of all requests of `app` in a histogram of the registry. */
export function observeRequests(app: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'insiders_http_request_seconds',
    help: 'Time to answer a request, by route, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  // To find a counter by its labels costs more than to count, so each one is looked up once. There are few, because
  // the labels are routes instead of paths.
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
  return isLocal(request);
}

/**
 * Whether a request comes from this machine. Behind a proxy on this machine all connections do, so a request for
 * another host name, or with a header of a proxy, does not count.
 */
function isLocal({ headers, socket }: FastifyRequest): boolean {
  if ('forwarded' in headers || 'x-forwarded-for' in headers || 'via' in headers) return false;
  const isForLocalHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(headers.host ?? '');
  return isForLocalHost && (socket.remoteAddress === '127.0.0.1' || socket.remoteAddress === '::1');
}
