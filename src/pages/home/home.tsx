import type { PageRequest, PageResponse } from '../page.ts';
import { HomeView } from './home-view.tsx';

/** `/`: the home page. */
export async function showHome({ context }: PageRequest): Promise<PageResponse> {
  return { kind: 'page', view: <HomeView context={context} /> };
}
