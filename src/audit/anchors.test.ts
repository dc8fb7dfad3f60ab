import { describe, expect, it } from 'vitest';
import { anchorText, readAnchor, readAnchors } from './anchors.ts';

const anchor = { id: 12, hash: 'h'.repeat(43) };
const text = anchorText(anchor);

describe('an anchor', () => {
  it('is read as it was written', () => {
    expect(readAnchor(text)).toEqual(anchor);
  });

  it.each(['', '12', ':', '-1:h', `x:${anchor.hash}`, `12:${anchor.hash}x`, ` ${text}`])('is not %j', (wrong) => {
    expect(readAnchor(wrong)).toBeUndefined();
  });
});

describe('the lines of an anchor file', () => {
  it('are anchors with or without a time, and JSON lines with the field', () => {
    const lines = [`2026-05-01T12:00:00.000Z ${text}`, text, '', `{"audit_head":"${text}"}`, '{"id":1}'];
    expect(readAnchors(lines.join('\n'))).toEqual({ anchors: [anchor, anchor, anchor] });
  });

  it.each(['12:short', 'two words here', '{"audit_head":"12:short"}', '{"audit_head"'])('are wrong: %s', (line) => {
    expect(readAnchors(`${text}\n${line}\n`)).toMatchObject({ wrongLine: 2 });
  });
});
