import { WarningIcon } from '../icons.tsx';
import type { Shell } from '../shell.ts';

export interface SummaryLine {
  /** The field it is about; absent: the form as a whole. */
  readonly field?: string;
  readonly text: string;
}

/** What is wrong with a form, above it. Takes the focus, so that it is read first; each line leads to its field. */
export function ErrorSummary({ shell, lines }: { readonly shell: Shell; readonly lines: readonly SummaryLine[] }) {
  if (lines.length === 0) return null;
  return (
    <div class="notice notice-bad" role="alert" tabIndex={-1} autofocus>
      <WarningIcon />
      <div>
        <p class="notice-title">{shell.messages.form.summary(lines.length)}</p>
        <ul class="plain">
          {lines.map(({ field, text }) => (
            <li key={text}>{field === undefined ? text : <a href={`#${field}`}>{text}</a>}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
