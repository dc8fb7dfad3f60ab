import { endpointPaths } from '../../oauth/metadata.ts';
import { ownOf } from '../docs/reader.ts';
import type { Page } from '../page.ts';
import { RunTheFlowView } from './run-the-flow-view.tsx';

/** `/docs/run-the-flow/`: for integrators, with their own application. */
export const runTheFlowPage: Page = {
  path: '/docs/run-the-flow/',
  guard: 'anyone',
  get: async (request) => {
    const { services, shell } = request;
    const { reader } = await ownOf(request);
    const issuer = services.config.publicUrl;
    return { kind: 'page', view: <RunTheFlowView shell={shell} issuer={issuer} paths={endpointPaths} own={reader} /> };
  },
};
