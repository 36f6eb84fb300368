import { accessSync, constants } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { SnetError } from '../shared/errors.js'
import { packageRoot } from '../shared/package.js'
import { type Child, startChild } from './child.js'

/** The chain id of the network that the reference daemon calls `local`. */
export const LOCAL_CHAIN_ID = 42

const FREE_GAS = ['--block-base-fee-per-gas', '0', '--gas-price', '0']

/**
 * A local chain that mines a block for each transaction.
 * @param gas what it asks for gas; any price will do by default
 */
export async function startAnvil(
  searchPath: string,
  gas: readonly string[] = FREE_GAS,
): Promise<Child & { readonly rpc: string }> {
  const child = await startChild({
    command: findAnvil(searchPath),
    args: ['--port', '0', '--chain-id', String(LOCAL_CHAIN_ID), ...gas],
    ready: /^Listening on (127\.0\.0\.1:\d+)/,
  })
  return { ...child, rpc: `http://${child.ready}` }
}

const NAME = process.platform === 'win32' ? 'anvil.exe' : 'anvil'

/** Anvil as npm installed it, else from the PATH. Error: `not-found` with the line that gets it. */
export function findAnvil(searchPath: string, installed = installedWithUs()): string {
  const found = [...installed, ...searchPath.split(delimiter).map((dir) => join(dir, NAME))].find(isExecutable)
  if (found !== undefined) return found
  throw new SnetError('not-found', 'the sandbox needs anvil, a local Ethereum chain', {
    hint: 'npm install --global @foundry-rs/anvil (or put anvil from foundry on the PATH).',
  })
}

/** npm puts the binary into a package of its own for each platform. */
function installedWithUs(): string[] {
  const machine = process.arch === 'x64' ? 'amd64' : process.arch
  try {
    const manifest = createRequire(join(packageRoot, 'package.json')).resolve(
      `@foundry-rs/anvil-${process.platform}-${machine}/package.json`,
    )
    return [join(dirname(manifest), 'bin', NAME)]
  } catch {
    return []
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
