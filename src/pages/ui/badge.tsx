import type { Tone } from './notice.tsx';

/** A state in one word, such as *Active*. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}
