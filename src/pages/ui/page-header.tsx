import type { ComponentChildren } from 'preact';

/** The `<h1>` of a page, and an introductory sentence below it. */
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
