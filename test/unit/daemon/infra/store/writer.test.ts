import { expect, test } from 'vitest'
import { GroupCommit } from '../../../../../src/daemon/infra/store/writer.js'

/** A store whose commits end when, and how, the test says. */
function aStore() {
  const commits: { end: (fault?: Error) => void }[] = []
  const written: string[] = []
  const begun: (() => void)[] = []
  const db = {
    transaction: <T>(work: () => T): Promise<T> =>
      new Promise<T>((done, fail) => {
        const result = work()
        commits.push({ end: (fault) => (fault === undefined ? done(result) : fail(fault)) })
        for (const tell of begun.splice(0)) tell()
      }),
  }
  const hooks = { before: () => void written.push('|'), after: () => undefined }
  const next = (): Promise<void> => new Promise((done) => begun.push(done))
  return { writer: new GroupCommit(db, hooks), commits, written, next }
}

test('writes are committed in their order, together, one transaction at a time', async () => {
  const { writer, commits, written, next } = aStore()
  const began = next()
  const first = writer.add(() => written.push('a'))
  void writer.add(() => written.push('b'), { urgent: true })
  await began
  void writer.add(() => written.push('c'), { urgent: true })
  expect(written).toEqual(['|', 'a', 'b'])
  const second = next()
  commits[0]?.end()
  await Promise.all([first, second])
  expect(written).toEqual(['|', 'a', 'b', '|', 'c'])
  commits[1]?.end()
  await writer.flush()
})

test('a commit that fails fails its own writes, with the cause, and no later ones', async () => {
  const { writer, commits, next } = aStore()
  const began = next()
  const lost = writer.add(() => undefined, { urgent: true })
  await began
  const again = next()
  const kept = writer.add(() => undefined, { urgent: true })
  const commitError = Promise.reject(new Error('no space left on device'))
  commits[0]?.end(Object.assign(new Error('commit failed'), { commitError }))
  await expect(lost).rejects.toMatchObject({
    ...{ kind: 'storage-failed', message: 'the infra store cannot write: no space left on device' },
  })
  await again
  commits[1]?.end()
  await kept
})

test('a closed store takes nothing more, and has finished what it took', async () => {
  const { writer, commits, written, next } = aStore()
  const began = next()
  void writer.add(() => written.push('a'))
  const closing = writer.close()
  await began
  commits[0]?.end()
  await closing
  expect(written).toContain('a')
  await expect(writer.add(() => undefined)).rejects.toMatchObject({ kind: 'storage-failed' })
})
