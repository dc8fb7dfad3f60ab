import type { ComponentChildren } from 'preact';
import type { Shell } from '../shell.ts';

interface FormProps {
  readonly shell: Shell;
  readonly action: string;
  readonly class?: string;
  /** Fields that are sent and not shown; `undefined` ones are left out. */
  readonly hidden?: Readonly<Record<string, string | number | undefined>>;
  readonly children: ComponentChildren;
}

/** Every form of the site: it carries the form token, so none can be without. */
export function Form({ shell, action, hidden = {}, children, class: name = 'form' }: FormProps) {
  return (
    <form method="post" action={action} class={name} novalidate>
      <input type="hidden" name="csrf" value={shell.csrf} />
      {Object.entries(hidden).map(([field, value]) =>
        value === undefined ? null : <input key={field} type="hidden" name={field} value={value} />,
      )}
      {children}
    </form>
  );
}
