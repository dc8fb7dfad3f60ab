import type { ComponentChildren } from 'preact';

/** Shown instead of an empty list: a title, and a hint about how entries get there. */
export function EmptyState({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <div>{children}</div>
    </div>
  );
}
