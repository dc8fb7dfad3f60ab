import type { PageContext } from '../../page-context.ts';

/** A block of code with a caption. `assets/app.js` shows the button that copies it. */
export function CodeBlock({
  context,
  label,
  children,
}: {
  readonly context: PageContext;
  readonly label: string;
  readonly children: string;
}) {
  const { copy, copied } = context.messages.form;
  return (
    <figure class="code">
      <figcaption>{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{children}</code>
      </pre>
      <button type="button" class="button button-small" data-copy data-copied={copied} hidden>
        {copy}
      </button>
    </figure>
  );
}
