import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openNodeHttp } from '../../../../src/daemon/chain/node-http.js'

/** More than the listeners of one event that Node takes for a leak. */
const MANY = 30

test('many questions at once are no reason to warn of a leak', async () => {
  const server = createServer((asked, answer) => void asked.resume().on('end', () => answer.end('{"ok":true}')))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const warnings: Error[] = []
  const note = (warning: Error): unknown => warnings.push(warning)
  process.on('warning', note)
  onTestFinished(() => void process.off('warning', note))

  const { port } = server.address() as AddressInfo
  await using http = openNodeHttp({ url: `http://127.0.0.1:${port}`, apiKey: undefined, maxBytes: 1_000 })
  const questions = Array.from({ length: MANY }, () => http.post({}, new AbortController().signal))
  expect(await Promise.all(questions)).toEqual(Array.from({ length: MANY }, () => ({ ok: true })))
  await turn()
  expect(warnings).toEqual([])
})
