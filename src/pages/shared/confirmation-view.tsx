import type { ComponentChildren } from 'preact';
import type { PageRequest } from '../page.ts';
import type { PageContext } from '../page-context.ts';
import { Button, ButtonLink } from '../ui/forms/button.tsx';
import { ErrorSummary, type SummaryLine } from '../ui/forms/error-summary.tsx';
import { Field } from '../ui/forms/field.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout, type SectionNavigation } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export interface ConfirmationViewProps {
  readonly context: PageContext;
  readonly section?: SectionNavigation;
  readonly title: ComponentChildren;
  /** In the title bar of the browser. */
  readonly name: string;
  /** What the action does, and its impact. */
  readonly effects: readonly string[];
  readonly submit: string;
  readonly danger?: boolean;
  readonly back: { readonly href: string; readonly text: string };
  /** Why the action is not possible now; the page then has no button that submits. */
  readonly obstacle?: string;
  readonly errors?: readonly SummaryLine[];
  /** A text that the user must type again to prevent mistakes; {@link isRetyped} compares it. */
  readonly retype?: { readonly label: string; readonly text: string };
  readonly hidden?: Readonly<Record<string, string | number | undefined>>;
  /** Further fields of the form. */
  readonly children?: ComponentChildren;
}

/** States the effects of an action and asks for confirmation. */
export function ConfirmationView(props: ConfirmationViewProps) {
  const { context, title, name, effects, submit, danger = false, back, obstacle, errors = [], retype } = props;
  return (
    <Layout context={context} title={name} width="page" {...(props.section && { section: props.section })}>
      <PageHeader title={title} />
      <ErrorSummary context={context} lines={errors} />
      <ul>
        {effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      {obstacle === undefined ? (
        <Form context={context} action={context.path} hidden={props.hidden ?? {}}>
          {props.children}
          {retype === undefined ? null : (
            <Field name="typed" label={retype.label} hint={retype.text} autocomplete="off" literal />
          )}
          <div class="actions">
            <Button weight={danger ? 'danger' : 'primary'}>{submit}</Button>
            <ButtonLink href={back.href}>{back.text}</ButtonLink>
          </div>
        </Form>
      ) : (
        <>
          <Notice tone="warning">{obstacle}</Notice>
          <div class="actions">
            <ButtonLink href={back.href}>{back.text}</ButtonLink>
          </div>
        </>
      )}
    </Layout>
  );
}

/** Whether the form repeats the text of {@link ConfirmationViewProps.retype}. */
export function isRetyped({ form }: Pick<PageRequest, 'form'>, text: string): boolean {
  return form.get('typed')?.trim() === text;
}
