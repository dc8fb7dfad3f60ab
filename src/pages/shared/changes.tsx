import { listChanges } from '../../applications/list-changes.ts';
import type { AuditEvent, AuditValue } from '../../ports/audit.ts';
import type { PageContext } from '../page-context.ts';
import { LongValue } from '../ui/text/breakable.tsx';
import { CodeList } from '../ui/text/lines.tsx';
import { fieldLabel, valueText } from './audit-words.ts';

type Records = Pick<AuditEvent, 'before' | 'after' | 'detail'>;

/**
 * The changes of an entry of the audit log. Of a changed list it shows all lines: those that were added or removed are
 * marked with a sign and a word.
 */
export function Changes({ context, event }: { readonly context: PageContext; readonly event: Records }) {
  const { before = {}, after = {}, detail = {} } = event;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <ul class="plain changes">
      {names.map((name) => (
        <li key={name}>
          {fieldLabel(context, name)}:{' '}
          <Change context={context} name={name} before={before[name]} after={after[name]} />
        </li>
      ))}
      {Object.entries(detail).map(([name, value]) => (
        <li key={`detail ${name}`}>
          {fieldLabel(context, name)}: <Value context={context} name={name} value={value} />
        </li>
      ))}
    </ul>
  );
}

/** Whether {@link Changes} would show anything. */
export function hasChanges({ before = {}, after = {}, detail = {} }: Records): boolean {
  return Object.keys({ ...before, ...after, ...detail }).length > 0;
}

interface ChangeProps {
  readonly context: PageContext;
  readonly name: string;
  readonly before: AuditValue | undefined;
  readonly after: AuditValue | undefined;
}

function Change({ context, name, before, after }: ChangeProps) {
  const [linesBefore, linesAfter] = [linesOf(before), linesOf(after)];
  if (linesBefore === null && linesAfter === null) {
    return (
      <>
        <Value context={context} name={name} value={before} /> → <Value context={context} name={name} value={after} />
      </>
    );
  }
  const { added, removed } = context.messages.changes;
  const lines = listChanges(linesBefore ?? singleLine(before), linesAfter ?? singleLine(after));
  return (
    <ul class="plain">
      {lines.map(({ kind, text }) => (
        <li key={`${kind} ${text}`}>
          {kind === 'kept' ? <LongValue>{text}</LongValue> : null}
          {kind === 'added' ? (
            <ins>
              {`+ ${added} `}
              <LongValue>{text}</LongValue>
            </ins>
          ) : null}
          {kind === 'removed' ? (
            <del>
              {`− ${removed} `}
              <LongValue>{text}</LongValue>
            </del>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

interface ValueProps {
  readonly context: PageContext;
  readonly name: string;
  readonly value: AuditValue | undefined;
}

function Value({ context, name, value }: ValueProps) {
  const lines = linesOf(value);
  return lines === null ? <LongValue>{valueText(context, name, value)}</LongValue> : <CodeList lines={lines} />;
}

/** The lines of a list; `null`: not a list. Older entries store a list as one text with line ends. */
function linesOf(value: AuditValue | undefined): readonly string[] | null {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' && value.includes('\n') ? value.split('\n') : null;
}

function singleLine(value: AuditValue | undefined): readonly string[] {
  return value === undefined || value === null || value === '' ? [] : [String(value)];
}
