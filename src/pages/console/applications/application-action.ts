import { actionPages } from '../action-page.tsx';
import { consolePathOf } from '../section.ts';
import { applicationOrNotFound } from './application.tsx';

/** Makes the page of an action on an application. */
export const applicationAction = actionPages({
  find: applicationOrNotFound,
  impactOf: ({ services }, { id }) => services.store.applications.impact(id),
  pathOf: ({ clientId }) => consolePathOf(clientId),
});
