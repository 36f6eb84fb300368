import { readFile, stat } from 'node:fs/promises'
import { Wallet } from 'ethers'
import { addressOfKey, shortReason } from '../ethereum/index.js'
import { messageOf, SnetError } from '../shared/errors.js'
import type { Address } from '../shared/units.js'

/** A key that can sign. The bytes never leave the wallet room's functions. */
export interface Key {
  readonly address: Address
  /** 32 bytes. */
  readonly bytes: Uint8Array
}

/** Where a key lies; a key on a command line would be seen by every user of the host. */
export type KeySource =
  | { readonly file: string }
  | { readonly keystore: string; readonly passwordFile: string }
  | { readonly variable: string; readonly value: string | undefined }

/** Errors: `invalid-config` when there is no key, or others may read it too. */
export async function readKey(source: KeySource): Promise<Key> {
  if ('file' in source) return parseKey(await readSecret(source.file), `the file ${source.file}`)
  if ('variable' in source) return parseKey(source.value ?? '', `the variable ${source.variable}`)
  const [json, password] = await Promise.all([readSecret(source.keystore), readSecret(source.passwordFile)])
  try {
    const wallet = await Wallet.fromEncryptedJson(json, password.replace(/\r?\n$/, ''))
    return parseKey(wallet.privateKey, source.keystore)
  } catch (cause) {
    throw new SnetError('invalid-config', `the keystore ${source.keystore} cannot be opened: ${shortReason(cause)}`, {
      hint: 'It must be an Ethereum keystore (JSON), and the password file must contain its password.',
    })
  }
}

async function readSecret(path: string): Promise<string> {
  try {
    const { mode } = await stat(path)
    if ((mode & 0o077) !== 0) {
      throw new SnetError('invalid-config', `other users may read ${path}`, { hint: `chmod 600 ${path}` })
    }
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof SnetError) throw cause
    throw new SnetError('invalid-config', `${path} cannot be read: ${messageOf(cause)}`, { cause })
  }
}

function parseKey(text: string, where: string): Key {
  const hex = text.trim().replace(/^0x/, '')
  const bytes = /^[0-9a-fA-F]{64}$/.test(hex) ? new Uint8Array(Buffer.from(hex, 'hex')) : undefined
  try {
    if (bytes) return { bytes, address: addressOfKey(bytes) }
  } catch {
    // Zero and numbers beyond the curve's order are no keys; told below like any other text.
  }
  throw new SnetError('invalid-config', `${where} holds no private key`, {
    hint: 'A key is 64 hexadecimal digits, with or without 0x.',
  })
}
