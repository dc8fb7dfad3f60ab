import type { RegistrationState } from '../../ports/store/index.ts';
import type { Page } from '../page.ts';
import { listQuery, oneOf } from './query.ts';
import { QueueView } from './registrations-view.tsx';

/** Drafts are nobody else's business. */
export const listedStates = [
  'submitted',
  'information_requested',
  'approved',
  'declined',
  'withdrawn',
] as const satisfies readonly RegistrationState[];

/** `/admin/registrations/`: the queue, and what became of the others. */
export const queuePage: Page = {
  path: '/admin/registrations/',
  guard: 'staff',
  power: 'read',
  get: async ({ query, services, shell }) => {
    const state = oneOf(query.get('state'), listedStates) ?? 'submitted';
    const { limit, after } = listQuery(query);
    const { registrations } = services.store;
    const [listed, { counts }] = await Promise.all([
      registrations.list({ state, limit, ...(after !== undefined && { after }) }),
      registrations.overview(),
    ]);
    return { kind: 'page', view: <QueueView shell={shell} state={state} counts={counts} {...listed} /> };
  },
};
