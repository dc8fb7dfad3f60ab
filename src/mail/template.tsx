import { renderToString } from 'preact-render-to-string';
import type { Mail } from '../ports/mail.ts';

/** What a mail says, before it has a form. */
export interface MailContent {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What somebody wrote, word for word; shown apart from our own words. */
  readonly quote?: string;
  /** The one thing to do next. */
  readonly action?: { readonly text: string; readonly url: string };
}

const lineWidth = 76;
/** What could end a header or turn a line around. Mail servers refuse some of it, readers are misled by the rest. */
const disturbing = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const disturbingInText = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Writes a letter to one person, as plain text and as HTML that say the same. */
export function mailTo(to: string, content: MailContent): Mail {
  const clean: MailContent = {
    ...content,
    paragraphs: content.paragraphs.map((text) => text.replace(disturbing, '')),
    ...(content.quote !== undefined && { quote: content.quote.replace(disturbingInText, '') }),
  };
  const subject = [...content.subject.replace(disturbing, '')].slice(0, 200).join('');
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

function wrap(text: string, before = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length + before.length > lineWidth && line !== '') {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each) => `${before}${each}`).join('\n');
}

const ground = 'margin:0;padding:32px 16px;background:#fbfaf8;color:#191716;font:16px/1.6 system-ui,sans-serif';
const sheet = 'max-width:560px;margin:0 auto';
const button =
  'display:inline-block;padding:10px 20px;border-radius:8px;background:#a8201a;color:#ffffff;text-decoration:none';
const quoted =
  'margin:0 0 16px;padding:12px 16px;border-left:3px solid #8b857f;background:#f1eeea;white-space:pre-wrap';

function htmlOf(subject: string, { paragraphs, quote, action }: MailContent): string {
  const body = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{subject}</title>
      </head>
      <body style={ground}>
        <div style={sheet}>
          {paragraphs.map((text) => (
            <p key={text}>{text}</p>
          ))}
          {quote === undefined ? null : <blockquote style={quoted}>{quote}</blockquote>}
          {action === undefined ? null : (
            <p>
              <a style={button} href={action.url}>
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
