import type { PageContext } from '../../page-context.ts';
import { WarningIcon } from '../icons.tsx';

export interface SummaryLine {
  /** The ID of the field; absent: the error is about the form as a whole. */
  readonly field?: string;
  readonly text: string;
}

/**
 * The errors of a form, shown above it; each line links to its field. It takes the focus, so that screen readers read
 * it first.
 */
export function ErrorSummary({
  context,
  lines,
}: {
  readonly context: PageContext;
  readonly lines: readonly SummaryLine[];
}) {
  if (lines.length === 0) return null;
  return (
    <div class="notice notice-bad" role="alert" tabIndex={-1} autofocus>
      <WarningIcon />
      <div>
        <p class="notice-title">{context.messages.form.summary(lines.length)}</p>
        <ul class="plain">
          {lines.map(({ field, text }) => (
            <li key={text}>{field === undefined ? text : <a href={`#${field}`}>{text}</a>}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
