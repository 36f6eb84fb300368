import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { judgeImports } from '../../../scripts/lib/imports.mjs'
import { packageRoot } from '../../../src/shared/package.js'
import { tempDir } from '../../support/temp-dir.js'

/** A small house in which each file breaks the rule named beside it. */
const BROKEN = {
  'payments-node': ['src/daemon/payments/index.ts', "import 'node:fs'"],
  'payments-neighbours': ['src/daemon/payments/rule.ts', "import '../observability/index.js'"],
  'payments-packages': ['src/daemon/payments/hash.ts', "import 'ethers'"],
  'ports-as-types': ['src/daemon/chain/index.ts', "import '../payments/ports.js'"],
  'daemon-payments-door': ['src/daemon/gateway/pay.ts', "import '../payments/rule.js'"],
  'gateway-sockets': ['src/daemon/gateway/limit.ts', "import 'node:http2'"],
  'gateway-transport-neighbours': ['src/daemon/gateway/transport/index.ts', "import '../limit.js'"],
  'gateway-upstream-neighbours': ['src/daemon/gateway/upstream/index.ts', "import '../transport/index.js'"],
  'gateway-payment-headers-neighbours': ['src/daemon/gateway/payment-headers/index.ts', "import '../limit.js'"],
  'no-cycles': ['src/shared/a.ts', "import type { B } from './b.js'\nexport type A = B"],
  'wire-types': ['src/content/index.ts', "import '../shared/wire/generated/own/made.js'"],
  'daemon-on-demand': ['src/commands/serve.ts', "import '../daemon/index.js'"],
  'commands-with-daemon': ['src/commands/status.ts', "void import('../daemon/index.js')"],
  'commands-neighbours': ['src/commands/other.ts', "import './status.js'"],
  'no-dev-packages': ['src/client/index.ts', "import 'vitest'"],
  'known-room': ['src/newcomer/index.ts', "import '../shared/a.js'"],
  'infra-groups-neighbours': ['src/daemon/infra/groups/index.ts', "import '../runs/index.js'"],
  'infra-runs-packages': ['src/daemon/infra/runs/index.ts', "import 'lmdb'"],
  resolvable: ['src/wallet/index.ts', "import './gone.js'"],
}

const SOUND = {
  'src/shared/wire/generated/own/made.ts': "import type { Used } from './used.js'\nexport type Made = Used",
  'src/shared/wire/generated/own/used.ts': "import type { Made } from './made.js'\nexport type Used = Made",
  'src/shared/b.ts': "import type { A } from './a.js'\nexport type B = A",
  'src/content/a/one.ts': "import '../b/two.js'",
  'src/content/a/three.ts': 'export const three = 3',
  'src/content/b/two.ts': "import '../a/three.js'",
  'src/daemon/index.ts': "import './observability/index.js'",
  'src/daemon/observability/index.ts': "import 'pino'",
  'src/daemon/payments/ports.ts': 'export const ports = 1',
  'src/daemon/storage/index.ts': "import type { ports } from '../payments/ports.js'\nexport type P = typeof ports",
}

let base
let faults
beforeAll(async () => {
  const temp = await tempDir()
  base = temp.path
  for (const [file, text] of [...Object.values(BROKEN), ...Object.entries(SOUND)]) {
    mkdirSync(dirname(join(base, file)), { recursive: true })
    writeFileSync(join(base, file), `${text}\n`)
  }
  cpSync(join(packageRoot, 'package.json'), join(base, 'package.json'))
  symlinkSync(join(packageRoot, 'node_modules'), join(base, 'node_modules'))
  faults = (await judgeImports(base)).faults
  return temp.remove
})

test.each(Object.entries(BROKEN))('%s is a rule that can fail', (rule, [file]) => {
  expect(faults).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: .*${file.replaceAll('.', '\\.')}`)))
})

test('two folders beside each other that import one another are a fault, though no file does', () => {
  expect(faults).toContainEqual(expect.stringMatching(/^no-folder-cycles: src\/content\/a → src\/content\/b/))
})

test.each(Object.keys(SOUND).filter((file) => file !== 'src/shared/b.ts' && !file.startsWith('src/content/')))(
  '%s keeps all rules',
  (file) => {
    expect(faults.filter((fault) => fault.includes(`: ${file}`))).toEqual([])
  },
)
