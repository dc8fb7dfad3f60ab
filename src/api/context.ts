import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store/index.ts';

/** The instance on which resources register routes: their schemas give the types of parameters, body and response. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/**
 * The parts that resources use. The user and the application of a request are in `request.principal`, which
 * http/guards/bearer.ts declares and sets.
 */
export interface ApiContext {
  readonly store: Pick<Store, 'devices' | 'throttles' | 'users'>;
  readonly clock: Clock;
}
