import { messageOf } from '../../../shared/errors.js'
import { Poller } from '../../../shared/poller.js'
import { Backoff, type BackoffTimes } from '../../../shared/retry.js'
import type { TlsPair } from '../../../shared/tls-files.js'
import { type CertificateDeps, ServedCertificate, type ServedConfig } from '../served.js'
import { CertificateCache, isUsable } from './cache.js'
import { type ChallengeListener, openChallengeListener } from './challenge-listener.js'
import { type AcmeConfig, type Challenges, obtainCertificate } from './obtain.js'
import { AcmeRefusal } from './session.js'

export interface AcmeCertificateConfig extends AcmeConfig, ServedConfig {
  /** Absolute. */
  readonly cacheDir: string
  /** Of the challenge http-01. */
  readonly httpPort: number
  /** Read at the start. */
  readonly clientCa: Buffer | undefined
  /** Between two tries that fail. */
  readonly pauses: BackoffTimes
}

/** The wall clock may be set, and another replica may have renewed what is in the cache. */
const LOOK_MS = 3_600_000

/**
 * The certificate of a domain that an authority hands out by ACME (RFC 8555): the one in the cache as long as it can be
 * used, renewed when two thirds of its time are over, some earlier than others.
 */
export class AcmeCertificate extends ServedCertificate implements AsyncDisposable {
  readonly #config: AcmeCertificateConfig
  readonly #cache: CertificateCache
  readonly #backoff: Backoff
  readonly #challenges: Challenges = { http: new Map(), tls: new Map() }
  readonly #closing = new AbortController()
  #listener: ChallengeListener | undefined
  #poller: Poller | undefined
  /** On the wall clock. */
  #dueAt = 0

  private constructor(config: AcmeCertificateConfig, deps: CertificateDeps) {
    super(config, deps)
    this.#config = config
    this.#cache = new CertificateCache(config.cacheDir)
    this.#backoff = new Backoff(config.pauses, { isSpread: true })
  }

  /** Reads the cache, and asks nobody yet. Error: `invalid-config` where the port for challenges cannot be had. */
  static async open(config: AcmeCertificateConfig, deps: CertificateDeps): Promise<AcmeCertificate> {
    const opened = new AcmeCertificate(config, deps)
    await opened.#takeCached()
    const { challenge, httpPort: port, domain } = config
    if (challenge === 'http-01')
      opened.#listener = await openChallengeListener({ port, domain }, opened.#challenges.http)
    if (!opened.shown)
      deps.log.warn('there is no certificate in the cache: nobody is served until the authority has handed one out', {
        domain,
      })
    return opened
  }

  get clientCa(): Buffer | undefined {
    return this.#config.clientCa
  }

  /** Certificates for the authority alone, by domain, while it may ask for them. */
  get challenges(): ReadonlyMap<string, TlsPair> {
    return this.#challenges.tls
  }

  /** Undefined without the challenge http-01. */
  get httpPort(): number | undefined {
    return this.#listener?.port
  }

  /** Gets and renews from now on: what the authority looks at has to be open. */
  begin(): void {
    this.#poller ??= new Poller(
      () => Math.min(Math.max(this.#dueAt - this.now(), 0), LOOK_MS),
      () => this.#look(),
    )
  }

  /** Looks at once whether it is time. */
  wake(): void {
    this.#poller?.wake()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#poller?.[Symbol.asyncDispose]()
    await this.#listener?.[Symbol.asyncDispose]()
  }

  async #look(): Promise<void> {
    this.warnOfEnd()
    if (this.now() < this.#dueAt) return
    await this.#takeCached()
    if (this.now() < this.#dueAt) return
    const { domain } = this.#config
    try {
      const pair = await obtainCertificate(this.#config, {
        account: await this.#cache.account(),
        challenges: this.#challenges,
        now: this.now,
        signal: this.#closing.signal,
      })
      if (!isUsable(pair, domain, this.now()))
        throw new Error('the authority hands out what is no certificate of the domain')
      this.#take(pair)
      await this.#keep(pair)
    } catch (cause) {
      this.#fail(cause)
    }
  }

  /** What cannot be kept is shown all the same: asking for another one would not help. */
  async #keep(pair: TlsPair): Promise<void> {
    try {
      await this.#cache.write(this.#config.domain, pair)
    } catch (cause) {
      this.log.error('the new certificate could not be kept: the next start has to ask for another', {
        reason: messageOf(cause),
      })
    }
  }

  #take(pair: TlsPair): void {
    const { names, notBefore, notAfter } = this.show(pair)
    const lifeMs = notAfter.getTime() - notBefore.getTime()
    this.#backoff.reset()
    this.#dueAt = notAfter.getTime() - (lifeMs / 3) * (1 + Math.random() / 10)
    this.log.info('clients are shown a certificate by ACME', {
      names: names.join(' '),
      not_after: notAfter.toISOString(),
    })
  }

  /** What is shown already is not shown anew. */
  async #takeCached(): Promise<void> {
    const cached = await this.#cache.read(this.#config.domain, this.now())
    if (cached && !this.pair?.cert.equals(cached.cert)) this.#take(cached)
  }

  #fail(cause: unknown): void {
    if (this.#closing.signal.aborted) return
    const isRefusal = cause instanceof AcmeRefusal
    const waitMs = Math.max(this.#backoff.nextMs(), (isRefusal && cause.retryAfterMs) || 0)
    this.#dueAt = this.now() + waitMs
    this.trouble = isRefusal
      ? 'the authority refuses to hand out a new certificate'
      : 'a new certificate could not be had of the authority'
    this.log.warn('no new certificate by ACME, it is tried again', {
      reason: messageOf(cause),
      directory: this.#config.directory,
      again_in_s: Math.round(waitMs / 1000),
    })
  }
}
