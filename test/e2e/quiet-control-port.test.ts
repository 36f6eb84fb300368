import { connect } from 'node:http2'
import { beforeEach, expect, test } from 'vitest'
import { startServe } from '../support/serve.js'
import { tempDir } from '../support/temp-dir.js'

let cwd = ''
beforeEach(async () => {
  const temp = await tempDir()
  cwd = temp.path
  return temp.remove
})

test('what strangers send to the control port is not written to stderr', { timeout: 60_000 }, async () => {
  await using served = await startServe(
    {
      ...{ gate_enabled: 'false', infra_enabled: 'true', infra_endpoint: '127.0.0.1:0' },
      infra_berty_endpoint: '127.0.0.1:1',
    },
    cwd,
  )
  const session = connect(`http://${served.infra}`)
  const stream = session.request({
    ...{ ':method': 'POST', ':path': '/no.Service/at-all', 'content-type': 'application/grpc', te: 'trailers' },
    'x-secret': 'no text: \u00ff\u00fe',
  })
  const ended = new Promise((done) => stream.on('error', () => undefined).once('close', done))
  stream.end()
  stream.resume()
  await ended
  session.destroy()
  served.process.kill('SIGTERM')
  expect(await served.ended).toBe(0)
  expect(served.lines.filter((line) => line.includes('x-secret'))).toEqual([])
})
