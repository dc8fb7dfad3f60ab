import { renderToString } from 'preact-render-to-string';
import type { Mail } from '../ports/mail.ts';

/** The content of an email, before it is rendered as text and HTML. */
export interface MailContent {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** A text that a person wrote, unchanged; shown as a quotation. */
  readonly quote?: string;
  /** The button: what to do next, and the page for it. */
  readonly action?: { readonly text: string; readonly url: string };
}

/** Characters in a line of the plain text. */
const lineWidth = 76;
/**
 * Control, format and line separator characters: a line break would end the header of the subject, a bidirectional
 * control would reverse the text after it.
 */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** The same for quotations, which keep their line breaks and the joiners that scripts and emoji need. */
const unsafeInQuote = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Renders an email to one address, as plain text and as HTML with the same content. */
export function mailTo(to: string, content: MailContent): Mail {
  const clean: MailContent = {
    ...content,
    paragraphs: content.paragraphs.map((text) => text.replace(unsafe, '')),
    ...(content.quote !== undefined && { quote: content.quote.replace(unsafeInQuote, '') }),
  };
  const subject = [...content.subject.replace(unsafe, '')].slice(0, 200).join('');
  return { to, subject, text: textOf(clean), html: htmlOf(subject, clean) };
}

function textOf({ paragraphs, quote, action }: MailContent): string {
  const parts = [
    ...paragraphs.map((text) => wrap(text)),
    ...(quote === undefined
      ? []
      : [
          quote
            .split('\n')
            .map((line) => wrap(line, '> '))
            .join('\n'),
        ]),
    ...(action === undefined ? [] : [`${action.text}:\n${action.url}`]),
    '-- \nInsiders',
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Breaks a text between words; `prefix` begins each line. */
function wrap(text: string, prefix = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length + prefix.length > lineWidth && line !== '') {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each) => `${prefix}${each}`).join('\n');
}

const pageStyle = 'margin:0;padding:32px 16px;background:#fbfaf8;color:#191716;font:16px/1.6 system-ui,sans-serif';
const sheetStyle = 'max-width:560px;margin:0 auto';
const buttonStyle =
  'display:inline-block;padding:10px 20px;border-radius:8px;background:#a8201a;color:#ffffff;text-decoration:none';
const quoteStyle =
  'margin:0 0 16px;padding:12px 16px;border-left:3px solid #8b857f;background:#f1eeea;white-space:pre-wrap';

function htmlOf(subject: string, { paragraphs, quote, action }: MailContent): string {
  const body = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{subject}</title>
      </head>
      <body style={pageStyle}>
        <div style={sheetStyle}>
          {paragraphs.map((text) => (
            <p key={text}>{text}</p>
          ))}
          {quote === undefined ? null : <blockquote style={quoteStyle}>{quote}</blockquote>}
          {action === undefined ? null : (
            <p>
              <a style={buttonStyle} href={action.url}>
                {action.text}
              </a>
            </p>
          )}
          <p style="color:#5d5855;font-size:14px">Insiders</p>
        </div>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(body)}`;
}
