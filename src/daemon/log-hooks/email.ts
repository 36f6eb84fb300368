import { isLoopback } from '../../shared/loopback.js'
import { eventText, type Identity, skippedText } from './event.js'
import { Refusal, type Sender } from './sender.js'

export interface EmailConfig {
  readonly kind: 'email'
  readonly host: string
  readonly port: number
  readonly tls: 'starttls' | 'implicit' | 'none'
  /** Authorities of the mail server; the public ones when undefined. */
  readonly ca: Buffer | undefined
  readonly from: string
  readonly to: readonly string[]
  readonly applicationName: string | undefined
  /** Undefined for a server that asks nobody who he is. */
  readonly login: { readonly username: string; readonly password: string } | undefined
}

const MAX_EVENTS = 50
const TIMEOUT_MS = 10_000

/** Mails by SMTP. TLS is asked for and demanded, unless the server is on this host or the settings say none. */
export function createEmail({ host, port, tls, ca, login, ...mail }: EmailConfig, identity: Identity): Sender {
  const open = async () => {
    // Nobody else needs the library.
    const { createTransport } = await import('nodemailer')
    return createTransport({
      ...{ host, port, secure: tls === 'implicit', ignoreTLS: tls === 'none' },
      requireTLS: tls === 'starttls' && !isLoopback(host),
      ...(ca && { tls: { ca } }),
      ...(login && { auth: { user: login.username, pass: login.password } }),
      ...{ connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
      ...{ socketCloseTimeout: 0, disableFileAccess: true, disableUrlAccess: true },
    })
  }
  let transport: ReturnType<typeof open> | undefined
  return {
    async send(events, { skipped, signal }) {
      const told = events.slice(0, MAX_EVENTS)
      const blocks = [...told.map((event) => eventText(event, identity)), skippedText(skipped)]
      try {
        await (
          await (transport ??= open())
        ).sendMail({
          from:
            mail.applicationName === undefined
              ? mail.from
              : { name: mail.applicationName, address: addressIn(mail.from) },
          to: [...mail.to],
          subject: 'Daemon hook!',
          text: blocks.filter((block) => block !== '').join('\n\n'),
          // No holiday responder shall answer.
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal,
        })
      } catch (fault) {
        const { responseCode = 0, message } = fault as Error & { responseCode?: number }
        throw responseCode >= 500 ? new Refusal(message) : fault
      }
      return told.length
    },
  }
}

const addressIn = (mailbox: string): string => /<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox
