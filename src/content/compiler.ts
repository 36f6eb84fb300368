/** A program of its own: an archive of proto files on stdin, what is in it on stdout. */
import { buffer } from 'node:stream/consumers'
import { messageOf, SnetError } from '../shared/errors.js'
import { readProtoArchive } from './archive.js'
import type { CompilerAnswer } from './compile-apart.js'
import { compileProtos } from './compile-protos.js'
import { unusable } from './proto-faults.js'

// A terminal sends signals to the whole process group, but our parent decides when we end.
for (const name of ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2']) process.on(name, () => undefined)

process.stdout.write(JSON.stringify(await answerTo(await buffer(process.stdin))))

async function answerTo(archive: Uint8Array): Promise<CompilerAnswer> {
  try {
    return { compiled: compileProtos(await readProtoArchive(archive)) }
  } catch (thrown) {
    // Any error of the library is caused by the files.
    const { kind, message, hint } = thrown instanceof SnetError ? thrown : unusable([messageOf(thrown)])
    return { fault: { kind, message, hint } }
  }
}
