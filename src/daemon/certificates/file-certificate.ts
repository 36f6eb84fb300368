import { readFile } from 'node:fs/promises'
import { messageOf } from '../../shared/errors.js'
import { Poller } from '../../shared/poller.js'
import { readAuthority, readTlsFiles, type TlsPair } from '../../shared/tls-files.js'
import { toCertificate } from './certificate.js'
import { type CertificateDeps, ServedCertificate, type ServedConfig } from './served.js'
import { watchFolders } from './watch-folders.js'

export interface FileCertificateConfig extends ServedConfig {
  /** Absolute paths. */
  readonly files: { readonly cert: string; readonly key: string; readonly clientCa: string | undefined }
  /** What was read of them at the start. */
  readonly first: TlsPair & { readonly clientCa: Buffer | undefined }
  readonly pollMs: number
}

/** Whoever replaces two files does so one after the other. */
const SETTLE_MS = 200

/**
 * The certificate in files, read anew when they change. Only what fits together and can be used takes the place of what
 * is shown; otherwise that stays, and log and health say why.
 */
export class FileCertificate extends ServedCertificate implements AsyncDisposable {
  readonly #poller: Poller
  #files: FileCertificateConfig['files']
  #watching: Disposable
  #clientCa: Buffer | undefined
  #settling: NodeJS.Timeout | undefined
  /** Of the files as they were last judged. */
  #judged: string

  constructor(config: FileCertificateConfig, deps: CertificateDeps) {
    super(config, deps)
    this.#files = config.files
    this.#clientCa = config.first.clientCa
    this.show(config.first)
    this.#judged = printOf([config.first.cert, config.first.key, config.first.clientCa])
    this.#poller = new Poller(
      () => config.pollMs,
      () => this.#look(),
    )
    this.#watching = this.#watch()
  }

  /** Looks at once; from now on, at these files. */
  look(files: Pick<FileCertificateConfig['files'], 'cert' | 'key'>): void {
    this.#files = { ...this.#files, ...files }
    this.#watching[Symbol.dispose]()
    this.#watching = this.#watch()
    this.#poller.wake()
  }

  get clientCa(): Buffer | undefined {
    return this.#clientCa
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watching[Symbol.dispose]()
    clearTimeout(this.#settling)
    await this.#poller[Symbol.asyncDispose]()
  }

  #watch(): Disposable {
    return watchFolders(this.#paths, () => {
      this.#settling ??= setTimeout(() => {
        this.#settling = undefined
        this.#poller.wake()
      }, SETTLE_MS).unref()
    })
  }

  get #paths(): string[] {
    const { cert, key, clientCa } = this.#files
    return [cert, key, ...(clientCa === undefined ? [] : [clientCa])]
  }

  async #look(): Promise<void> {
    this.warnOfEnd()
    const print = printOf(await Promise.all(this.#paths.map(readOrNothing)))
    if (print === this.#judged) return
    this.#judged = print
    try {
      await this.#take()
    } catch (cause) {
      this.trouble = 'the files of a new certificate cannot be used, the old one is shown'
      this.log.warn('the new certificate is not used: the old one stays', { reason: messageOf(cause) })
    }
  }

  /** Throws where the files hold nothing to go on with. */
  async #take(): Promise<void> {
    const files = this.#files
    const { pair, problems } = await readTlsFiles(files)
    const clientCa = files.clientCa === undefined ? undefined : await readAuthority(files.clientCa)
    if (!pair) throw new Error(problems.map(({ message }) => message).join('; '))
    const { notBefore, notAfter } = toCertificate(pair)
    if (notAfter.getTime() <= this.now()) throw new Error(`${files.cert} expired on ${notAfter.toISOString()}`)
    if (notBefore.getTime() > this.now())
      throw new Error(`${files.cert} is not valid before ${notBefore.toISOString()}`)
    this.#clientCa = clientCa
    const { names } = this.show(pair)
    this.log.info('clients are shown a new certificate', {
      names: names.join(' '),
      not_after: notAfter.toISOString(),
    })
  }
}

const readOrNothing = (path: string): Promise<Buffer | undefined> => readFile(path).catch(() => undefined)

const printOf = (files: readonly (Buffer | undefined)[]): string =>
  files
    .map((bytes) => bytes?.toString('base64') ?? '')
    .join(' ')
    .trimEnd()
