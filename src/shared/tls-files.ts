import { X509Certificate, createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import { messageOf } from './errors.js'

/** A certificate chain and its private key, both PEM. */
export interface TlsPair {
  readonly cert: Buffer
  readonly key: Buffer
}

export interface CheckedTls {
  /** Undefined when there are problems. */
  readonly pair: TlsPair | undefined
  /** By the file at fault. */
  readonly problems: readonly { readonly file: 'cert' | 'key'; readonly message: string }[]
  /** Faults that do not keep the pair from being served. */
  readonly warnings: readonly string[]
}

/** Reads both files and proves that they are a certificate and its own key; opens nothing else. */
export async function readTlsFiles(paths: { readonly cert: string; readonly key: string }): Promise<CheckedTls> {
  const problems: { file: 'cert' | 'key'; message: string }[] = []
  const read = async <T>(file: 'cert' | 'key', parse: (pem: Buffer) => T) => {
    try {
      const pem = await readFile(paths[file])
      return { pem, parsed: parse(pem) }
    } catch (cause) {
      problems.push({ file, message: `${paths[file]} cannot be used: ${reasonOf(cause)}` })
      return undefined
    }
  }
  const cert = await read('cert', (pem) => new X509Certificate(pem))
  const key = await read('key', (pem) => createPrivateKey(pem))
  if (!cert || !key) return { pair: undefined, problems, warnings: [] }
  if (!cert.parsed.checkPrivateKey(key.parsed)) {
    problems.push({ file: 'key', message: `${paths.key} is not the private key of ${paths.cert}` })
  } else {
    try {
      createSecureContext({ cert: cert.pem, key: key.pem })
    } catch (cause) {
      problems.push({ file: 'cert', message: `${paths.cert} cannot be used: ${reasonOf(cause)}` })
    }
  }
  const pair = problems.length === 0 ? { cert: cert.pem, key: key.pem } : undefined
  return { pair, problems, warnings: datesOf(cert.parsed, paths.cert, new Date()) }
}

/** Certificates (PEM) of who signs the certificates of others. Throws what keeps the file from being used. */
export async function readAuthority(path: string): Promise<Buffer> {
  try {
    const pem = await readFile(path)
    new X509Certificate(pem)
    createSecureContext({ ca: pem })
    return pem
  } catch (cause) {
    throw new Error(`${path} cannot be used: ${reasonOf(cause)}`, { cause })
  }
}

/** OpenSSL's own words name no file and speak of "PEM routines"; what they mean is said here. */
function reasonOf(cause: unknown): string {
  const { code = '' } = cause as NodeJS.ErrnoException
  if (code.startsWith('ERR_OSSL'))
    return `it holds no ${code.includes('PASSWORD') ? 'unencrypted ' : ''}PEM that can be read`
  return messageOf(cause).replace(/, open '.*'$/, '')
}

function datesOf(cert: X509Certificate, path: string, now: Date): string[] {
  if (new Date(cert.validTo) < now)
    return [`the certificate ${path} expired on ${cert.validTo}: clients will refuse it`]
  if (new Date(cert.validFrom) > now) return [`the certificate ${path} is not valid before ${cert.validFrom}`]
  return []
}
