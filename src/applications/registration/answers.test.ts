import { describe, expect, it } from 'vitest';
import type { AnswerField, RegistrationAnswers } from '../../ports/store/index.ts';
import { answerFields, callbacksOf, checkAnswers, emptyAnswers, readAnswers } from './answers.ts';

const validAnswers: RegistrationAnswers = {
  productName: 'Peak AMS',
  website: 'https://peak.example',
  purpose: 'Shows training load.\nPer week.',
  organisation: 'Peak Analytics',
  country: 'CH',
  dataViewers: 'Athletes and their coaches',
  expectedUsers: '200',
  storage: 'In Zurich',
  deletion: 'After 30 days',
  privacyPolicy: 'https://peak.example/privacy',
  technicalName: 'Tina Tech',
  technicalEmail: 'tina@peak.example',
  legalName: 'Lea Legal',
  legalEmail: 'lea@peak.example',
  grantType: 'authorization_code',
  passwordReason: '',
  kind: 'server',
  callbacks: 'https://peak.example/callback/',
};
const isEmailAddress = (text: string) => text.includes('@');
const codes = (change: Partial<RegistrationAnswers>) =>
  checkAnswers({ ...validAnswers, ...change }, isEmailAddress).map(({ field, code }) => [field, code]);

describe('the registration form', () => {
  it('may be submitted when it is complete', () => {
    expect(codes({})).toEqual([]);
  });

  it('requires every answer but the optional ones', () => {
    const missing = checkAnswers(emptyAnswers, isEmailAddress);
    const optional: readonly AnswerField[] = ['passwordReason', 'kind', 'callbacks'];
    expect(missing.map(({ field }) => field)).toEqual(answerFields.filter((field) => !optional.includes(field)));
    expect(new Set(missing.map(({ code }) => code))).toEqual(new Set(['required']));
  });

  it.each<[Partial<RegistrationAnswers>, AnswerField, string]>([
    [{ productName: 'x'.repeat(101) }, 'productName', 'too_long'],
    [{ productName: 'Peak\u202eSMA' }, 'productName', 'unsupported_character'],
    [{ productName: 'Peak 👩\u200d🚀' }, 'productName', 'unsupported_character'],
    [{ website: `https://peak.example/${'🦊'.repeat(250)}` }, 'website', 'not_a_url'],
    [{ organisation: 'Peak\u0007' }, 'organisation', 'unsupported_character'],
    [{ purpose: 'x'.repeat(2001) }, 'purpose', 'too_long'],
    [{ storage: 'a\u2066b' }, 'storage', 'unsupported_character'],
    [{ website: 'javascript:alert(1)' }, 'website', 'not_a_url'],
    [{ website: 'peak.example' }, 'website', 'not_a_url'],
    [{ privacyPolicy: 'data:text/html,x' }, 'privacyPolicy', 'not_a_url'],
    [{ technicalEmail: 'tina' }, 'technicalEmail', 'not_an_address'],
    [{ expectedUsers: 'many' }, 'expectedUsers', 'not_a_number'],
    [{ expectedUsers: '0' }, 'expectedUsers', 'not_a_number'],
    [{ expectedUsers: '-5' }, 'expectedUsers', 'not_a_number'],
    [{ country: 'XX' }, 'country', 'not_a_country'],
    [{ grantType: '' }, 'grantType', 'required'],
    [{ grantType: 'password' }, 'passwordReason', 'required'],
    [{ callbacks: '' }, 'callbacks', 'callback_missing'],
    [{ kind: 'device', grantType: 'password', passwordReason: 'x' }, 'grantType', 'public_password'],
    [{ callbacks: 'javascript:alert(1)' }, 'callbacks', 'callback'],
    [{ callbacks: 'http://peak.example/' }, 'callbacks', 'callback'],
    [{ callbacks: 'https://*.peak.example/' }, 'callbacks', 'callback'],
  ])('reports the problem of %o', (change, field, code) => {
    expect(codes(change)).toContainEqual([field, code]);
  });

  it('accepts HTML in a name as plain text', () => {
    expect(codes({ productName: '<script>alert(1)</script>' })).toEqual([]);
  });

  it('requires a reason, and no callback, for the password grant', () => {
    expect(codes({ grantType: 'password', passwordReason: 'A legacy system', callbacks: '' })).toEqual([]);
  });

  it('accepts a private-use scheme for an app on a device only', () => {
    expect(codes({ kind: 'device', callbacks: 'com.peak.app:/callback' })).toEqual([]);
    expect(codes({ kind: 'server', callbacks: 'com.peak.app:/callback' })).toEqual([['callbacks', 'callback']]);
  });

  it('is read without outer white space, with \\n as its line end', () => {
    const read = readAnswers((field) => (field === 'purpose' ? ' a\r\nb\rc ' : undefined));
    expect(read).toEqual({ ...emptyAnswers, purpose: 'a\nb\nc' });
  });

  it('reads an unknown grant type as empty', () => {
    expect(readAnswers((field) => (field === 'grantType' ? 'authorization_code password' : undefined)).grantType).toBe(
      '',
    );
    expect(readAnswers((field) => (field === 'grantType' ? 'password' : undefined)).grantType).toBe('password');
  });

  it('has one callback per line', () => {
    expect(callbacksOf({ callbacks: ' https://a.example/ \n\nhttps://b.example/\n' })).toEqual([
      'https://a.example/',
      'https://b.example/',
    ]);
  });
});
