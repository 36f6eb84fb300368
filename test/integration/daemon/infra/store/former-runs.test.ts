import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeEach, expect, test } from 'vitest'
import { fetchReport, Fleet, type RunReport } from '../../../../../src/client/fleet/index.js'
import { openTables } from '../../../../../src/daemon/infra/store/tables.js'
import { openInfraStore } from '../../../../../src/daemon/infra/store/index.js'
import { packageRoot } from '../../../../../src/shared/package.js'
import { startDaemonBeside } from '../../../../support/daemon-beside.js'
import { tempDir } from '../../../../support/temp-dir.js'

/** Two hosts after two runs, one of them stopped while a Berty hung, with the reports of the version that wrote them. */
const FORMER = join(packageRoot, 'test/fixtures/infra-store/former')
/** Nobody listens there. */
const NO_BERTY = '127.0.0.1:1'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})

async function unpack(name: string): Promise<string> {
  const dataDir = join(path, name)
  await mkdir(join(dataDir, 'infra'), { recursive: true })
  await writeFile(join(dataDir, 'infra/data.mdb'), gunzipSync(await readFile(join(FORMER, `${name}.mdb.gz`))))
  return dataDir
}

/** One-way latencies depend on when the clocks were compared. */
const countsOf = ({ tests, pairs }: Pick<RunReport, 'tests' | 'pairs'>) =>
  [...tests, ...pairs].map(({ latency_ms: _latency, from_history: { count }, ...rest }) => ({ ...rest, count }))

test('runs of the version before are reported as they were', async () => {
  await using one = await startDaemonBeside('peer1', NO_BERTY, await unpack('peer1'))
  await using two = await startDaemonBeside('peer2', NO_BERTY, await unpack('peer2'))
  using fleet = new Fleet([one.target, two.target])
  const former = JSON.parse(await readFile(join(FORMER, 'reports.json'), 'utf8')) as Record<string, RunReport>
  expect(Object.keys(former)).toEqual(['whole', 'stopped'])
  for (const [run, report] of Object.entries(former)) {
    const now = await fetchReport(fleet, run, new AbortController().signal)
    expect(countsOf(now)).toEqual(countsOf(report))
    expect([now.verdict, now.run.plan]).toEqual([report.verdict, report.run.plan])
  }
  expect(former['stopped']?.tests[0]?.sent_unknown).toBe(1)
})

test('a store of a newer version is refused by its version, and stays as it is', async () => {
  const dataDir = await unpack('peer1')
  {
    await using _store = await openInfraStore(dataDir)
  }
  const tables = await openTables(dataDir)
  await tables.meta.put('version', '3')
  await tables.root.close()
  const file = join(dataDir, 'infra/data.mdb')
  const before = await readFile(file)
  await expect(openInfraStore(dataDir)).rejects.toMatchObject({
    kind: 'storage-failed',
    message: expect.stringContaining('is of version 3, this snetd knows versions up to 2'),
    hint: expect.stringContaining('A newer snetd has written it'),
  })
  expect(await readFile(file)).toEqual(before)
})
