/** What cannot be undercut: FLOOR DIRECTORY TIMES makes so many flushes of a page to a file, or recoveries of a signer. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { signerOf, signMessage } from '../../src/ethereum/index.js'

const [, , floor, directory = '', times = '1'] = process.argv
const PAGE = Buffer.alloc(4_096, 1)

function flush(): { run: () => void; end: () => void } {
  const file = openSync(join(directory, 'flushed'), 'w')
  return {
    run() {
      writeSync(file, PAGE, 0, PAGE.length, 0)
      fdatasyncSync(file)
    },
    end: () => closeSync(file),
  }
}

function recover(): { run: () => void; end: () => void } {
  const message = Buffer.alloc(135, 1)
  const signature = signMessage(Buffer.alloc(32, 1), message)
  return { run: () => void signerOf(message, signature), end: () => undefined }
}

const { run, end } = floor === 'flush' ? flush() : recover()
const [cpu, start] = [process.cpuUsage(), performance.now()]
for (let i = 0; i < Number(times); i++) run()
const [wall, { user, system }] = [(performance.now() - start) * 1e3, process.cpuUsage(cpu)]
end()
process.stdout.write(JSON.stringify({ wall: wall / Number(times), cpu: (user + system) / Number(times) }))
