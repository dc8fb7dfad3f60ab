import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page-context.ts';
import { Button, ButtonLink } from '../ui/forms/button.tsx';
import { ErrorSummary, type SummaryLine } from '../ui/forms/error-summary.tsx';
import { Field } from '../ui/forms/field.tsx';
import { Form } from '../ui/forms/form.tsx';
import { Layout, type Section } from '../ui/layout.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHeader } from '../ui/page-header.tsx';

export interface ConfirmationViewProps {
  readonly context: PageContext;
  readonly section?: Section;
  readonly title: ComponentChildren;
  /** In the title bar of the browser. */
  readonly name: string;
  /** What will happen, and whom it hits. */
  readonly effects: readonly string[];
  readonly submit: string;
  readonly danger?: boolean;
  readonly back: { readonly href: string; readonly text: string };
  /** What keeps it from being done; then there is no button. */
  readonly obstacle?: string;
  readonly errors?: readonly SummaryLine[];
  /** What must be typed, so that it is not done by mistake. */
  readonly typed?: { readonly label: string; readonly hint: string };
  readonly hidden?: Readonly<Record<string, string | number | undefined>>;
  /** More to fill in. */
  readonly children?: ComponentChildren;
}

/** Says what something would do, and asks once. */
export function ConfirmationView(props: ConfirmationViewProps) {
  const { context, title, name, effects, submit, danger = false, back, obstacle, errors = [], typed } = props;
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
          {typed === undefined ? null : (
            <Field name="typed" label={typed.label} hint={typed.hint} autocomplete="off" literal />
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
