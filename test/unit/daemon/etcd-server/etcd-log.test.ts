import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { followEtcdLog, readLine } from '../../../../src/daemon/etcd-server/etcd-log.js'
import { quietLog } from '../../../support/quiet-log.js'
import { until } from '../../../support/until.js'

test('a line of etcd’s becomes one of ours, without what only its makers need', () => {
  const line = {
    level: 'warn',
    ts: '2026-11-29T19:32:02Z',
    caller: 'embed/serve.go:145',
    msg: 'slow',
    took: '1s',
    n: 2,
  }
  expect(readLine(JSON.stringify(line))).toEqual({ level: 'warn', message: 'slow', fields: { took: '1s', n: 2 } })
  expect(readLine(JSON.stringify({ level: 'fatal', msg: 'over', list: [1] }))).toEqual({
    ...{ level: 'error', message: 'over', fields: { list: '[1]' } },
  })
})

test.each(['panic: no such thing', '{"level":', '[]', '{"no":"message"}'])(
  'what is not of its log (%s) is an error',
  (text) => {
    expect(readLine(text)).toEqual({ level: 'error', message: text, fields: {} })
  },
)

test('of a log that goes elsewhere trouble is told, and of that not more than anybody can read', async () => {
  const lines: string[] = []
  const output = new PassThrough()
  const said = followEtcdLog(output, { log: quietLog(lines), isWhole: false })
  output.write('{"level":"info","msg":"all is well"}\n')
  for (let n = 0; n < 1_000; n++) output.write(`{"level":"warn","msg":"trouble ${n}"}\n`)
  output.write('{"level":"fatal","msg":"cannot listen","error":"address already in use"}\n')
  await until('the last line was read', () => said.lastWords.endsWith('cannot listen: address already in use'))
  expect(lines[0]).toBe('etcd: trouble 0')
  expect(lines.length).toBeLessThan(100)
})

test('of a log that goes nowhere else everything is told', async () => {
  const lines: string[] = []
  const output = new PassThrough()
  followEtcdLog(output, { log: quietLog(lines), isWhole: true })
  output.end('{"level":"info","msg":"all is well"}\n')
  await until('the line was read', () => lines.includes('etcd: all is well'))
})
