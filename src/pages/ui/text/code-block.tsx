import type { Shell } from '../shell.ts';

/** Something to run or to read as it is, with a button that copies it (where scripts run). */
export function CodeBlock({
  shell,
  label,
  children,
}: {
  readonly shell: Shell;
  readonly label: string;
  readonly children: string;
}) {
  const { copy, copied } = shell.messages.form;
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
