export interface Mailer { send(text: string): void; }
