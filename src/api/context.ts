import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store/index.ts';

/** Where resources register their routes: what a schema says is what its handler gets and what it must answer. */
export type Api = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What a resource needs. `request.principal` says for whom it is asked. */
export interface ApiContext {
  readonly store: Pick<Store, 'devices' | 'throttles' | 'users'>;
  readonly clock: Clock;
}
