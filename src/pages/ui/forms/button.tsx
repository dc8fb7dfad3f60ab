import type { ComponentChildren } from 'preact';

type Weight = 'primary' | 'secondary' | 'danger';

interface ButtonProps {
  /** `primary`: the main action, once on a page. `danger`: an action that deletes or revokes. */
  readonly weight?: Weight;
  /** Sent with the form if this button was pressed. */
  readonly name?: string;
  readonly value?: string;
  /** A verb and its object. */
  readonly children: ComponentChildren;
}

/** A submit button. */
export function Button({ weight = 'secondary', name, value, children }: ButtonProps) {
  const pair = { ...(name === undefined ? {} : { name }), ...(value === undefined ? {} : { value }) };
  return (
    <button type="submit" class={`button button-${weight}`} {...pair}>
      {children}
    </button>
  );
}

/** A link in the style of a button. */
export function ButtonLink({ weight = 'secondary', href, children }: ButtonProps & { readonly href: string }) {
  return (
    <a class={`button button-${weight}`} href={href}>
      {children}
    </a>
  );
}
