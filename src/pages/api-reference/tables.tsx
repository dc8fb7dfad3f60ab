import type { Messages } from '../messages/index.ts';
import { Table } from '../ui/table.tsx';
import { InlineCode } from '../ui/text/lines.tsx';
import type { OperationParameter, SchemaField } from './fields.ts';
import { Prose } from './prose.tsx';
import type { ProblemResponse } from './reference.ts';

interface ApiTableProps<Line> {
  readonly texts: Messages['apiReference'];
  readonly caption: string;
  readonly lines: readonly Line[];
}

/** The parameters of a request. */
export function ParameterTable({ texts, caption, lines }: ApiTableProps<OperationParameter>) {
  const { name, where, type, default: defaultValue, meaning } = texts.columns;
  const rows = lines.map((line) => ({
    key: `${line.where} ${line.name}`,
    cells: [
      <div key="name">
        <InlineCode>{line.name}</InlineCode>
        {line.required ? <span class="below required">{texts.required}</span> : null}
      </div>,
      texts.where[line.where],
      <div key="type">
        {line.type}
        {line.limits === '' ? null : <span class="below">{line.limits}</span>}
      </div>,
      line.defaultValue === null ? (
        <Absent key="default" texts={texts} />
      ) : (
        <code key="default">{line.defaultValue}</code>
      ),
      <Meaning key="meaning" texts={texts} line={line} />,
    ],
  }));
  return (
    <div class="parameters">
      <Table caption={caption} columns={[name, where, type, defaultValue, meaning]} rows={rows} />
    </div>
  );
}

function Meaning({ texts, line }: { readonly texts: Messages['apiReference']; readonly line: OperationParameter }) {
  const choices = line.kind === 'boolean' ? [] : line.choices;
  return (
    <div>
      <Prose text={line.meaning} />
      {choices.length === 0 ? null : (
        <span class="below">
          {texts.oneOf} <Prose text={choices.map((choice) => `\`${choice}\``).join(', ')} />
        </span>
      )}
    </div>
  );
}

/** The fields of a response. */
export function FieldTable({ texts, caption, lines }: ApiTableProps<SchemaField>) {
  const { field, type, meaning } = texts.columns;
  const rows = lines.map((line) => ({
    key: line.name,
    cells: [
      <InlineCode key="name">{line.name}</InlineCode>,
      line.type,
      <div key="meaning">{line.meaning === '' ? <Absent texts={texts} /> : <Prose text={line.meaning} />}</div>,
    ],
  }));
  return <Table caption={caption} columns={[field, type, meaning]} rows={rows} />;
}

/** The error responses of an operation. */
export function ProblemTable({ texts, caption, lines }: ApiTableProps<ProblemResponse>) {
  const { status, code, meaning } = texts.columns;
  const rows = lines.map((line) => ({
    key: `${line.status} ${line.code}`,
    cells: [
      line.status,
      <InlineCode key="code">{line.code}</InlineCode>,
      <div key="meaning">
        {line.meaning}
        {line.headers.length === 0 ? null : (
          <span class="below">
            {texts.with} <Prose text={line.headers.map((header) => `\`${header}\``).join(', ')} />
          </span>
        )}
      </div>,
    ],
  }));
  return <Table caption={caption} columns={[status, code, meaning]} rows={rows} />;
}

/** A dash for a missing value. On a phone CSS hides the whole cell. */
function Absent({ texts }: Pick<ApiTableProps<never>, 'texts'>) {
  return <span class="absent">{texts.none}</span>;
}
