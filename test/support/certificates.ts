import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempDir } from './temp-dir.js'

export interface MadePair {
  readonly certFile: string
  readonly keyFile: string
  readonly cert: Buffer
  readonly key: Buffer
}

/** Certificates for localhost in a directory of their own, each its own authority. */
export async function makeCertificates() {
  const { path: directory, remove } = await tempDir()
  return {
    directory,
    make(name: string, subject = 'DNS:localhost,IP:127.0.0.1'): MadePair {
      const [keyFile, certFile] = [join(directory, `${name}.key`), join(directory, `${name}.pem`)]
      const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
      const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${subject}`]
      execFileSync('openssl', ['req', ...kind, ...names, '-keyout', keyFile, '-out', certFile], { stdio: 'pipe' })
      return { certFile, keyFile, cert: readFileSync(certFile), key: readFileSync(keyFile) }
    },
    [Symbol.asyncDispose]: remove,
  }
}
