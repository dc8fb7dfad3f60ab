import { MailRejected, type SendMail } from '../ports/mail.ts';

/** Shorter than the time that a mail is reserved for its sender. */
const timeouts = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 60_000, dnsTimeout: 20_000 };

/**
 * Sends mails by SMTP. `url`: `smtp://user:password@host:port` or `smtps://…`; `from`: the address they come from. The
 * client is loaded with the first mail. However often one is tried, it has the same Message-ID, so that a mailbox shows
 * it once.
 */
export function smtpSender(url: string, from: string): SendMail {
  let transport: Promise<Transport> | undefined;
  return async ({ id, createdAt, to, subject, text, html }) => {
    transport ??= connect(url);
    const messageId = `<${createdAt}.${id}@${from.split('@').at(-1)?.replace('>', '') ?? 'insiders'}>`;
    try {
      await (await transport).sendMail({
        from,
        to,
        subject,
        text,
        html,
        messageId,
        date: new Date(createdAt),
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    } catch (error) {
      throw isFinal(error) ? new MailRejected(wordsOf(error)) : new Error(wordsOf(error));
    }
  };
}

type Transport = Awaited<ReturnType<typeof connect>>;

async function connect(url: string) {
  const { createTransport } = await import('nodemailer');
  return createTransport(url, timeouts as object);
}

/** A refusal of this mail or its receiver for good (RFC 5321 4.2.1), and not of the log-in, which somebody may mend. */
function isFinal(error: unknown): boolean {
  const { responseCode, command } = error as { readonly responseCode?: number; readonly command?: string };
  return responseCode !== undefined && responseCode >= 550 && responseCode < 560 && !command?.startsWith('AUTH');
}

/** What the server said, without what could be credentials. */
function wordsOf(error: unknown): string {
  const {
    message = 'unknown error',
    code,
    responseCode,
  } = error as {
    readonly message?: string;
    readonly code?: string;
    readonly responseCode?: number;
  };
  return code === 'EAUTH' ? `The mail server refused the log-in (${responseCode ?? code})` : message;
}
