export { SmtpMailer } from './smtp';
export type { Mailer } from './types';
