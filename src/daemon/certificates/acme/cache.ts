import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { makeDirectory } from '../../../shared/make-directory.js'
import type { TlsPair } from '../../../shared/tls-files.js'
import { writeWhole } from '../../data-dir/index.js'
import { AccountKey } from './account-key.js'
import { newKey } from './obtain.js'

const ACCOUNT = 'acme_account+key'
/** As older versions of the reference's library named it. */
const FORMER_ACCOUNT = 'acme_account.key'

/** The files of the reference's library, so that either daemon goes on with the other's: key first, then the chain. */
export class CertificateCache {
  readonly #directory: string

  constructor(directory: string) {
    this.#directory = directory
  }

  /** Undefined where there is none for the domain that can be used. */
  async read(domain: string, now: number): Promise<TlsPair | undefined> {
    for (const name of [domain, `${domain}+rsa`]) {
      const pem = await this.#read(name)
      const pair = pem && toPair(pem, domain, now)
      if (pair) return pair
    }
    return undefined
  }

  /** Error: `storage-failed`. */
  async write(domain: string, { key, cert }: TlsPair): Promise<void> {
    await this.#write(domain, `${key.toString().trimEnd()}\n${cert.toString()}`)
  }

  /** The key of the account; made, and kept, where there is none. Error: `storage-failed`. */
  async account(): Promise<KeyObject> {
    for (const name of [ACCOUNT, FORMER_ACCOUNT]) {
      const key = toAccount(await this.#read(name))
      if (key) return key
    }
    const key = newKey()
    await this.#write(ACCOUNT, key.export({ type: 'sec1', format: 'pem' }).toString())
    return key
  }

  #read(name: string): Promise<string | undefined> {
    return readFile(join(this.#directory, name), 'utf8').catch(() => undefined)
  }

  async #write(name: string, text: string): Promise<void> {
    await makeDirectory(this.#directory)
    await writeWhole(join(this.#directory, name), text)
  }
}

function toAccount(pem: string | undefined): KeyObject | undefined {
  if (pem === undefined) return undefined
  try {
    const key = createPrivateKey(pem)
    new AccountKey(key)
    return key
  } catch {
    return undefined
  }
}

function toPair(pem: string, domain: string, now: number): TlsPair | undefined {
  const at = pem.indexOf('-----BEGIN CERTIFICATE-----')
  const [key, cert] = [pem.slice(0, Math.max(at, 0)), pem.slice(Math.max(at, 0))]
  try {
    const leaf = new X509Certificate(cert)
    const isFit = leaf.checkPrivateKey(createPrivateKey(key)) && leaf.checkHost(domain) !== undefined
    const isValid = Date.parse(leaf.validFrom) <= now && now < Date.parse(leaf.validTo)
    createSecureContext({ key, cert })
    return isFit && isValid ? { key: Buffer.from(key), cert: Buffer.from(cert) } : undefined
  } catch {
    return undefined
  }
}

/** Whether what an authority handed out can be shown. */
export const isUsable = ({ key, cert }: TlsPair, domain: string, now: number): boolean =>
  toPair(`${key.toString()}${cert.toString()}`, domain, now) !== undefined
