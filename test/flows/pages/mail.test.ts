import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliverMail } from '../../../src/jobs/deliver-mail.ts';
import { mailTo } from '../../../src/mail/template.tsx';
import { mailTemplates } from '../../../src/mail/templates.ts';
import type { Store } from '../../../src/ports/store/index.ts';
import { smtpSender } from '../../../src/system/smtp.ts';
import { forEachStore } from '../../support/stores.ts';

interface Received {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
}

/** A mail server that takes everything, or what `refuses` says, as real ones do. */
class Mailbox {
  readonly received: Received[] = [];
  refuses: { readonly at: 'rcpt' | 'data'; readonly code: number } | undefined;
  readonly #server: SMTPServer;

  constructor() {
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo: (_address, _session, done) => (this.refuses?.at === 'rcpt' ? done(this.#refusal()) : done()),
      onData: (stream, session, done) => {
        simpleParser(stream).then((mail) => {
          if (this.refuses?.at === 'data') return done(this.#refusal());
          const { subject = '', text = '', html, messageId = '' } = mail;
          const [to] = session.envelope.rcptTo;
          this.received.push({ to: to?.address ?? '', subject, text, html: html || '', messageId });
          return done();
        }, done);
      },
    });
  }

  #refusal(): Error {
    return Object.assign(new Error('No'), { responseCode: this.refuses?.code ?? 550 });
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  start(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

const minute = 60_000;

forEachStore((_name, open) => {
  const mailbox = new Mailbox();
  beforeAll(() => mailbox.start());
  afterAll(() => mailbox.stop());

  /** A store with mails to deliver, a clock that can be turned, and a way to the mailbox. */
  async function desk(count = 1) {
    const store = await open();
    mailbox.received.length = 0;
    mailbox.refuses = undefined;
    const time = { now: Date.now() };
    const event = { at: time.now, actor: { kind: 'platform' }, action: 'test', subject: 'test' } as const;
    const content = mailTemplates.approved('Peak <b>AMS</b>', 'Willkommen, “Zürich”.', 'https://insiders.example/x/');
    const mails = Array.from({ length: count }, (_, n) => mailTo(`anna${n}@club.example`, content));
    await writeWithNote(store, { event, mails });
    const send = smtpSender(mailbox.url, 'no-reply@insiders.example');
    const deliver = () => deliverMail(store.mails, { now: () => time.now }, send);
    return { store, time, deliver, send };
  }

  /** Any act that carries a note will do. */
  async function writeWithNote(store: Store, record: Parameters<Store['users']['endSessions']>[1]): Promise<void> {
    await store.users.endSessions(0, record);
  }

  describe('a mail', () => {
    it('arrives as text and as HTML that say the same', async () => {
      const { store, deliver } = await desk();
      expect(await deliver()).toBe(1);
      const [mail] = mailbox.received;
      expect(mail).toMatchObject({ to: 'anna0@club.example', subject: 'Peak <b>AMS</b> is approved' });
      for (const part of ['Willkommen, “Zürich”.', 'https://insiders.example/x/']) {
        expect(mail?.text).toContain(part);
        expect(mail?.html).toContain(part);
      }
      expect(mail?.html).not.toContain('<b>AMS');
      expect(await store.mails.counts()).toEqual({ waiting: 0, sent: 1, failed: 0 });
    });

    it('is sent once, also by several nodes at once', async () => {
      const { store, deliver } = await desk(20);
      const sent = await Promise.all(Array.from({ length: 5 }, deliver));
      expect(sent.reduce((sum, count) => sum + count, 0)).toBe(20);
      expect(new Set(mailbox.received.map(({ to }) => to)).size).toBe(20);
      expect(mailbox.received).toHaveLength(20);
      expect(await store.mails.counts()).toEqual({ waiting: 0, sent: 20, failed: 0 });
    });

    it('is tried again when the server refuses it for now, later each time', async () => {
      const { store, time, deliver } = await desk();
      mailbox.refuses = { at: 'data', code: 451 };
      expect(await deliver()).toBe(0);
      expect((await store.mails.list({ limit: 1 })).rows[0]).toMatchObject({ state: 'waiting', attempts: 1 });
      expect(await deliver()).toBe(0);
      expect((await store.mails.list({ limit: 1 })).rows[0]?.attempts).toBe(1);
      mailbox.refuses = undefined;
      time.now += minute;
      expect(await deliver()).toBe(1);
      expect(mailbox.received).toHaveLength(1);
    });

    it('is given up when there is no such receiver', async () => {
      const { store, deliver } = await desk();
      mailbox.refuses = { at: 'rcpt', code: 550 };
      await deliver();
      const [mail] = (await store.mails.list({ limit: 1 })).rows;
      expect(mail).toMatchObject({ state: 'failed', lastError: expect.stringContaining('550') });
    });

    it('is not lost with a node that dies while it sends', async () => {
      const { store, time, deliver } = await desk();
      const claimed = await store.mails.claim({ now: time.now, leaseMs: 3 * minute, limit: 10 });
      expect(claimed).toHaveLength(1);
      expect(await deliver()).toBe(0);
      time.now += 3 * minute;
      expect(await deliver()).toBe(1);
      const [first] = claimed;
      const late = { id: first?.id ?? 0, attempts: 1, outcome: { kind: 'failed', error: 'x' }, now: time.now } as const;
      expect(await store.mails.recordDelivery(late)).toBe('lost');
      expect(await store.mails.counts()).toEqual({ waiting: 0, sent: 1, failed: 0 });
    });

    it('is the same message however often it is tried', async () => {
      const { store, send } = await desk();
      const [mail] = (await store.mails.list({ limit: 1 })).rows;
      if (mail === undefined) throw new Error('There is no mail');
      await send(mail);
      await send(mail);
      const ids = mailbox.received.map(({ messageId }) => messageId);
      expect(ids).toHaveLength(2);
      expect(new Set(ids).size).toBe(1);
    });

    it('can be made due again when it was given up', async () => {
      const { store, time, deliver } = await desk();
      mailbox.refuses = { at: 'rcpt', code: 550 };
      await deliver();
      mailbox.refuses = undefined;
      const [mail] = (await store.mails.list({ limit: 1 })).rows;
      const event = { at: time.now, actor: { kind: 'command-line' }, action: 'mail.retried', subject: 'mail' } as const;
      expect(await store.mails.retry(mail?.id ?? 0, time.now, { event })).toBe('changed');
      expect(await deliver()).toBe(1);
      expect(await store.mails.retry(mail?.id ?? 0, time.now, { event })).toBe('unknown');
    });

    it('holds no line break in its subject, and nothing that turns the text', async () => {
      const content = mailTemplates.approved('Peak\r\nBcc: all@club.example\u202e', 'x', 'https://insiders.example/');
      const mail = mailTo('anna@club.example', content);
      expect(mail.subject).toBe('PeakBcc: all@club.example is approved');
      expect(mail.text).not.toContain('\u202e');
    });
  });

  it('is not there if what it tells of did not happen', async () => {
    const { store, time } = await desk(0);
    const event = { at: time.now, actor: { kind: 'platform' }, action: 'test', subject: 'test' } as const;
    const content = mailTemplates.allRevoked('Peak', 3, 'https://insiders.example/');
    const note = { event, mails: [mailTo('anna@club.example', content)] };
    const before = await store.audit.latest(1);
    expect(await store.applications.setStatus('nobody', 'suspended', note)).toBe('unknown');
    expect(await store.mails.counts()).toEqual({ waiting: 0, sent: 0, failed: 0 });
    expect(await store.audit.latest(1)).toEqual(before);
  });
});
