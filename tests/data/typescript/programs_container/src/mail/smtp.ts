import type { Mailer } from './types';
export class SmtpMailer implements Mailer {
  constructor(private host: string) {}
  send(text: string): void { this.connect(); }
  private connect(): void {}
}
