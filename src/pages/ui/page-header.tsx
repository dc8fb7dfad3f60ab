import type { ComponentChildren } from 'preact';

/** The one first heading of a page, and a sentence below it. */
export function PageHeader({
  title,
  children,
}: {
  readonly title: ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  return (
    <div class="page-header">
      <h1>{title}</h1>
      {children ? <p class="lead">{children}</p> : null}
    </div>
  );
}
