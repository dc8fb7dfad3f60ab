import { endpointPaths } from '../../oauth/metadata.ts';
import { readerApplicationsOf } from '../docs/reader.ts';
import type { PageRequest, PageResponse } from '../page.ts';
import { RunTheFlowView } from './run-the-flow-view.tsx';

/** `/docs/run-the-flow/`: runs the OAuth flow with the reader's own application. */
export async function showRunTheFlow(request: PageRequest): Promise<PageResponse> {
  const { services, context } = request;
  const { reader } = await readerApplicationsOf(request);
  const issuer = services.config.publicUrl;
  return {
    kind: 'page',
    view: <RunTheFlowView context={context} issuer={issuer} paths={endpointPaths} own={reader} />,
  };
}
