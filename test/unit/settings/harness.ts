import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect } from 'vitest'
import { findSettings, type FoundSettings, type LoadedConfig, loadConfig } from '../../../src/settings/index.js'
import { SnetError } from '../../../src/shared/errors.js'
import { tempDir } from '../../support/temp-dir.js'

/** The keys without which nothing starts. */
export const complete = {
  organization_id: 'ExampleOrg',
  service_id: 'ExampleSvc',
  payment_channel_storage_type: 'embedded',
  ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:8545',
}

export interface More {
  readonly env?: Readonly<Record<string, string>>
  readonly flags?: Readonly<Record<string, unknown>>
}

/** A directory of its own for each test, with a config file in it. */
export function inDirectory() {
  let cwd = ''
  beforeEach(async () => {
    const temp = await tempDir()
    cwd = temp.path
    return temp.remove
  })
  const write = async (file: unknown): Promise<void> =>
    await writeFile(join(cwd, 'snetd.config.json'), typeof file === 'string' ? file : JSON.stringify(file))
  return {
    path: (name: string): string => join(cwd, name),
    load: async (file: unknown, more: More = {}): Promise<LoadedConfig> => {
      await write(file)
      return await loadConfig({ env: {}, flags: {}, cwd, ...more })
    },
    find: async (file: unknown, more: More = {}): Promise<FoundSettings> => {
      await write(file)
      return await findSettings({ env: {}, flags: {}, cwd, ...more })
    },
    loadFrom: (file: string | undefined): Promise<LoadedConfig> => loadConfig({ file, env: {}, flags: {}, cwd }),
  }
}

/** The lines of the refusal. */
export async function problemsOf(loading: Promise<unknown>): Promise<string[]> {
  const failed = await loading.then(
    () => expect.fail('nothing was refused'),
    (error: unknown) => error,
  )
  expect(failed).toBeInstanceOf(SnetError)
  expect((failed as SnetError).kind).toBe('invalid-config')
  return (failed as SnetError).message.split('\n')
}
