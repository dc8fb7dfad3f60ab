import { readFileSync } from 'node:fs';
import { readAnchors } from '../audit/anchors.ts';
import { printable } from '../audit/text.ts';
import type { AuditAnchor, AuditBreak, AuditKeyUse, AuditVerdict, SealedKey } from '../ports/store/index.ts';
import { CommandError, type DataOptions, printResult, withMigratedStore } from './command.ts';

/** Entries between two lines of progress. */
const progressStep = 100_000;

export interface AuditVerifyOptions extends DataOptions {
  readonly anchor?: string;
  readonly head?: AuditAnchor;
}

/** Checks the log, and sets the exit code 1 if it is not as it was appended. */
export async function verifyEntries(options: AuditVerifyOptions): Promise<void> {
  const { anchor, head } = options;
  const anchors = [...(anchor === undefined ? [] : anchorsIn(anchor)), ...(head === undefined ? [] : [head])];
  let reported = 0;
  const progress = (checked: number) => {
    if (checked - reported < progressStep) return;
    reported = checked;
    process.stderr.write(`${checked} entries are checked\n`);
  };
  const verdict = await withMigratedStore(options, (store) => store.audit.verify({ anchors, progress }));
  printResult(options, resultOf(verdict), printable(sentencesFor(verdict, anchors.length).join(' ')));
  if (verdict.outcome !== 'ok') process.exitCode = 1;
}

/** Reads the anchors of a file. @throws {CommandError} it can't be read, has none, or has a line that is none */
function anchorsIn(file: string): readonly AuditAnchor[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new CommandError(`${file} can't be read.`);
  }
  const { anchors, wrongLine } = readAnchors(text);
  if (wrongLine !== undefined) throw new CommandError(`Line ${wrongLine} of ${file} is not a head of the audit log.`);
  if (anchors.length === 0) throw new CommandError(`${file} has no head of the audit log.`);
  return anchors;
}

function resultOf(verdict: AuditVerdict): object {
  if (verdict.outcome === 'ok') {
    const { entries, lastId, head, unkeyed, sealed } = verdict;
    const sealedKeys = sealed.map(({ sealedBy, ...use }) => ({ ...use, sealed_by: sealedBy }));
    return { ok: true, entries, last_id: lastId, head, unkeyed, sealed: sealedKeys };
  }
  if (verdict.outcome === 'unchecked') {
    return { ok: false, reason: 'unchecked', entries: verdict.entries, unchecked: verdict.keys };
  }
  return { ok: false, id: verdict.id, reason: verdict.reason, sound: verdict.sound };
}

const reasons: Readonly<Record<Exclude<AuditBreak, 'headless' | 'unprotected' | 'unanchored'>, string>> = {
  changed: 'is not what was appended',
  missing: 'does not follow the one before it: entries between them are gone',
  reordered: 'has changed places',
  inserted: 'was not appended by this platform',
  truncated: 'is the last that was appended, but the log ends before it',
  forged: 'has a code that is not from its key: this platform did not append it, or entries before it were changed',
  unkeyed: 'has no key, although entries before it have one: a server or command of this release did not append it',
};

function sentencesFor(verdict: AuditVerdict, anchors: number): readonly string[] {
  if (verdict.outcome === 'ok') return soundSentences(verdict, anchors);
  if (verdict.outcome === 'unchecked') {
    return ['The audit log can not be checked as a whole.', ...verdict.keys.map(uncheckedSentence)];
  }
  const { id, reason, sound } = verdict;
  if (reason === 'headless') return ['The audit log is broken: what it says of its own end is gone.'];
  if (reason === 'unprotected') {
    return [
      'The hashes of the audit log are sound, but no entry has a key, so all of it may have been written again.',
      'After an upgrade from an earlier release, start the server once: it adds an entry with a key.',
    ];
  }
  if (reason === 'unanchored') {
    return [
      `The audit log is broken: entry ${id} is not the one that was stored as its head. The log was cut or rewritten.`,
    ];
  }
  return [`The audit log is broken after ${sound} sound entries: entry ${id} ${reasons[reason]}.`];
}

function soundSentences(verdict: AuditVerdict & { outcome: 'ok' }, anchors: number): readonly string[] {
  const { entries, head, unkeyed, sealed } = verdict;
  return [
    `${entries} entries, all as they were appended. Head: ${head}.`,
    ...(anchors === 0 ? [] : [`All ${anchors} stored heads are in the log.`]),
    ...(unkeyed === 0 ? [] : [unkeyedSentence(unkeyed, entries)]),
    ...sealed.map(sealedSentence),
  ];
}

function unkeyedSentence(unkeyed: number, entries: number): string {
  return unkeyed === entries
    ? 'No entry has a key yet.'
    : `The first ${unkeyed} entries have no key; the next entry authenticates them as they were then.`;
}

function sealedSentence({ key, first, last, sealedBy }: SealedKey): string {
  return `Entries of key ${key} (${first} to ${last}): the key was removed, and they are unchanged since entry ${sealedBy}.`;
}

function uncheckedSentence({ key, first, last, entries }: AuditKeyUse): string {
  return `${entries} entries of key ${key} (${first} to ${last}): the ring does not have this key. Put it back, or see "Keys" in docs/operations.md.`;
}
