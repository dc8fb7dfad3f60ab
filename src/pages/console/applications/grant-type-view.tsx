import type { GrantChange } from '../../../ports/store/index.ts';
import type { GrantPreview } from '../../../use-cases/grant-changes.ts';
import type { PageContext } from '../../page-context.ts';
import { GrantChangeTable } from '../../shared/grant-change-table.tsx';
import { Button, ButtonLink } from '../../ui/forms/button.tsx';
import { ErrorSummary } from '../../ui/forms/error-summary.tsx';
import { Field } from '../../ui/forms/field.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { IsolatedName } from '../../ui/text/isolated-text.tsx';
import { ConsolePage } from '../console-page.tsx';
import { consolePathOf } from '../section.ts';

export type GrantTypeProblem = 'badDate' | 'tooLate' | 'lost' | 'noCallback' | 'publicPassword';

export interface ConsoleGrantTypeViewProps {
  readonly context: PageContext;
  readonly preview: GrantPreview;
  readonly changes: readonly GrantChange[];
  readonly canUndo: boolean;
  /** As entered. */
  readonly date: string;
  readonly problem: GrantTypeProblem | undefined;
}

export function ConsoleGrantTypeView(props: ConsoleGrantTypeViewProps) {
  const { context, preview, changes, canUndo, problem } = props;
  const { admin, developer } = context.messages;
  const { application } = preview;
  const open = changes.some(({ state }) => state === 'requested' || state === 'scheduled');
  const action = consolePathOf(application.clientId, 'grant-type/');
  return (
    <ConsolePage
      context={context}
      name={admin.grant.title}
      title={<IsolatedName>{application.name}</IsolatedName>}
      lead={admin.grant.title}
    >
      <ErrorSummary
        context={context}
        lines={
          problem === undefined ? [] : [{ text: admin.grant[problem], ...(problem === 'badDate' && { field: 'date' }) }]
        }
      />
      <p>
        {developer.grant.now}: <strong>{developer.grants[application.grantType]}</strong>
      </p>
      <GrantChangeTable context={context} changes={changes} />
      <Switch {...props} />
      <div class="actions">
        {canUndo ? (
          <Form context={context} action={action} hidden={{ act: 'undo' }}>
            <Button>{admin.grant.undo}</Button>
          </Form>
        ) : null}
        {open ? (
          <Form context={context} action={action} hidden={{ act: 'decline' }}>
            <Button>{admin.grant.decline}</Button>
          </Form>
        ) : null}
        <ButtonLink href={consolePathOf(application.clientId)}>{admin.back}</ButtonLink>
      </div>
    </ConsolePage>
  );
}

function Switch({ context, preview, date, problem }: ConsoleGrantTypeViewProps) {
  const { admin, developer, minute } = context.messages;
  const { grant } = admin;
  const { application, to, impact, missesCallback } = preview;
  const lastUsed = impact.lastUsedAt === null ? developer.application.never : minute(impact.lastUsedAt);
  const names = developer.grants;
  return (
    <section class="full">
      <h2>{grant.switchTitle(names[to])}</h2>
      <ul>
        {grant.effects(impact.users, lastUsed, names[application.grantType], names[to]).map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
        <li>{grant.callbacksReady(application.redirectUris.length)}</li>
      </ul>
      {missesCallback ? (
        <Notice tone="warning">{grant.noCallback}</Notice>
      ) : (
        <Form context={context} action={consolePathOf(application.clientId, 'grant-type/')} hidden={{ act: 'switch' }}>
          <Field
            name="date"
            label={grant.date}
            hint={grant.dateHint}
            value={date}
            errors={problem === 'badDate' ? [grant.badDate] : []}
            autocomplete="off"
          />
          <div class="actions">
            <Button weight="primary">{grant.submit}</Button>
          </div>
        </Form>
      )}
    </section>
  );
}
