import { execFile } from 'node:child_process'

/** The name of a user, wherever this host keeps its users; the number where it has none. */
export async function userName(uid: number): Promise<string> {
  return await new Promise<string>((done) =>
    execFile('id', ['-nu', '--', String(uid)], (error, stdout) => done(error ? String(uid) : stdout.trim())),
  )
}
