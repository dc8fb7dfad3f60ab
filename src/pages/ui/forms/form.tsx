import type { ComponentChildren } from 'preact';
import type { PageContext } from '../../page-context.ts';

interface FormProps {
  readonly context: PageContext;
  readonly action: string;
  readonly class?: string;
  /** Hidden fields; those with the value `undefined` are left out. */
  readonly hidden?: Readonly<Record<string, string | number | undefined>>;
  readonly children: ComponentChildren;
}

/** A form that is sent by POST. Adds the form token (CSRF), which every such form needs. */
export function Form({ context, action, hidden = {}, children, class: name = 'form' }: FormProps) {
  return (
    <form method="post" action={action} class={name} novalidate>
      <input type="hidden" name="csrf" value={context.csrf} />
      {Object.entries(hidden).map(([field, value]) =>
        value === undefined ? null : <input key={field} type="hidden" name={field} value={value} />,
      )}
      {children}
    </form>
  );
}
