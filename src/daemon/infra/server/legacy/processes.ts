import { readdir, readFile } from 'node:fs/promises'

/** Exact names of the programs that the older daemon looked for; it matched any that contained them, itself included. */
const NAMES: readonly string[] = ['berty', 'rdvp']

/** Whether a Berty or a rendezvous server runs on this host. False where there is no /proc to look at. */
export async function isProcessRunning(proc = '/proc'): Promise<boolean> {
  const entries = await readdir(proc).catch(() => [])
  const others = entries.filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
  for (const pid of others) {
    const name = await readFile(`${proc}/${pid}/comm`, 'utf8').catch(() => '')
    if (NAMES.includes(name.trim())) return true
  }
  return false
}
