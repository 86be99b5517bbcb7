import { Container } from '@app/container';
import { Mailer, SmtpMailer } from '@app/mail';
const container = new Container();
container.bind('mailer', () => new SmtpMailer('h'));
const mailer = container.get<Mailer>('mailer');
mailer.send('x');
