import { open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { requireConfigEnding } from './config-file.js'
import { messageOf, SnetError } from '../shared/errors.js'
import { ANY_USER, makeDirectory } from '../shared/make-directory.js'
import { resolveConfig } from './engine.js'
import { type DaemonConfig, daemonSchema } from './daemon-schema.js'
import { basicText, fullText, type WrittenSetting } from './settings-text.js'
import { environment } from './sources.js'

/** Keys that everybody has to fill in, with values that `config validate` asks to replace. */
const PLACEHOLDERS: Partial<Record<keyof DaemonConfig, string>> = {
  organization_id: 'YOUR_ORG_ID',
  service_id: 'YOUR_SERVICE_ID',
  service_endpoint: 'YOUR_SERVICE_ENDPOINT',
  ethereum_json_rpc_http_endpoint: 'YOUR_ETHEREUM_NODE_URL',
  payment_channel_storage_type: 'embedded',
}

/** The keys of a first file; everything else has a default that fits most. */
const BASIC: readonly (keyof DaemonConfig)[] = [
  'organization_id',
  'service_id',
  'daemon_group_name',
  'daemon_endpoint',
  'service_endpoint',
  'blockchain_network_selected',
  'ethereum_json_rpc_http_endpoint',
  'payment_channel_storage_type',
  'ipfs_endpoint',
  'lighthouse_endpoint',
]

export interface InitOptions {
  readonly file: string
  /** Every key with its meaning, instead of those that everybody sets. */
  readonly full: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

/**
 * Writes a config file that only its owner can read, and never over another one; variables `SNET_…` that are set go
 * into it, secrets excepted. Errors: `already-exists`, `invalid-config` when the file cannot be written or would not be read.
 */
export async function writeConfigFile({ file, full, env, cwd }: InitOptions): Promise<string> {
  const path = resolve(cwd, file)
  requireConfigEnding(path)
  const { raws, origins } = resolveConfig(daemonSchema, [environment(daemonSchema, env)])
  const keys = full ? (Object.keys(daemonSchema) as (keyof DaemonConfig)[]) : BASIC
  const settings = keys.map((key): WrittenSetting => {
    const isSet = origins[key] !== 'default' && daemonSchema[key].secret !== true
    return { key, value: isSet ? raws[key] : (PLACEHOLDERS[key] ?? daemonSchema[key].default) }
  })
  await writeNew(path, full ? fullText(path, settings) : basicText(path, settings))
  return file
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await makeDirectory(dirname(path), ANY_USER)
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(text)
    } finally {
      await file.close()
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new SnetError(
        'already-exists',
        `such configFile already exists, please remove file first or rename file: ${path}`,
        { hint: '-c names another file to write.', cause },
      )
    }
    throw new SnetError('invalid-config', `${path} cannot be written: ${messageOf(cause)}`, {
      hint: '-c names another file to write.',
      cause,
    })
  }
}
