import type { ComponentChildren } from 'preact';

type Weight = 'primary' | 'secondary' | 'danger';

interface ButtonProps {
  /** `primary`: once on a page. `danger`: it destroys something. */
  readonly weight?: Weight;
  readonly name?: string;
  readonly value?: string;
  /** A verb. */
  readonly children: ComponentChildren;
}

/** Sends its form. */
export function Button({ weight = 'secondary', name, value, children }: ButtonProps) {
  const sent = { ...(name === undefined ? {} : { name }), ...(value === undefined ? {} : { value }) };
  return (
    <button type="submit" class={`button button-${weight}`} {...sent}>
      {children}
    </button>
  );
}

/** Looks like a button and leads somewhere. */
export function ButtonLink({ weight = 'secondary', href, children }: ButtonProps & { readonly href: string }) {
  return (
    <a class={`button button-${weight}`} href={href}>
      {children}
    </a>
  );
}
