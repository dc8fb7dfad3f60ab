import type { LineProblem } from '../../../devices/csv.ts';
import type { PageContext } from '../../page-context.ts';
import { Button, ButtonLink } from '../../ui/forms/button.tsx';
import { Form } from '../../ui/forms/form.tsx';
import { TextArea } from '../../ui/forms/text-area.tsx';
import { Notice } from '../../ui/notice.tsx';
import { noWrapColumn, Table } from '../../ui/table.tsx';
import { ConsolePage } from '../console-page.tsx';

export interface ImportViewProps {
  readonly context: PageContext;
  /** The list as entered; empty if it is long. */
  readonly text: string;
  readonly problems: readonly LineProblem[];
}

/** A script copies the chosen file into the text field. Without scripts, users paste the lines. */
export function ImportView({ context, text, problems }: ImportViewProps) {
  const { admin } = context.messages;
  const texts = admin.device;
  return (
    <ConsolePage context={context} name={texts.importTitle} lead={texts.importLead}>
      {problems.length === 0 ? null : (
        <>
          <Notice tone="bad">{texts.refused}</Notice>
          <Table
            caption={texts.problem}
            columns={[noWrapColumn(texts.line), texts.problem]}
            rows={problems.map(({ line, message }) => ({ key: `${line} ${message}`, cells: [line, message] }))}
          />
        </>
      )}
      <Form context={context} action="/admin/devices/import/" class="form full">
        <div class="field" data-file-for="csv" hidden>
          <label for="file">{texts.file}</label>
          <input id="file" type="file" accept=".csv,text/csv" />
        </div>
        <TextArea name="csv" label={texts.csv} hint={texts.csvHint} value={text} rows={10} literal />
        <div class="actions">
          <Button weight="primary">{texts.check}</Button>
          <ButtonLink href="/admin/devices/">{admin.back}</ButtonLink>
        </div>
      </Form>
    </ConsolePage>
  );
}
