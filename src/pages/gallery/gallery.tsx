import type { PageRequest, PageResponse } from '../page.ts';
import { UiView } from './gallery-view.tsx';

/** `/docs/ui/`: all components together, in demo mode. */
export async function showComponents({ context }: PageRequest): Promise<PageResponse> {
  return { kind: 'page', view: <UiView context={context} /> };
}
