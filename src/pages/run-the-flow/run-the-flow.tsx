import { endpointPaths } from '../../oauth/metadata.ts';
import type { Page } from '../page.ts';
import { RunTheFlowView } from './run-the-flow-view.tsx';

/** `/docs/run-the-flow/`: for integrators, with their own application. */
export const runTheFlowPage: Page = {
  path: '/docs/run-the-flow/',
  guard: 'anyone',
  get: async ({ services, shell }) => ({
    kind: 'page',
    view: <RunTheFlowView shell={shell} issuer={services.config.publicUrl} paths={endpointPaths} />,
  }),
};
